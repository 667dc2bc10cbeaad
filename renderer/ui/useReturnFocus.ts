import { useState } from 'react';

/** For what opens without a trigger of its own: gives the focus back to where it was before. Goes to `onCloseAutoFocus`. */
export function useReturnFocus(): (event: Event) => void {
  // Asked for during the first render, before the focus moves in.
  const [before] = useState(() => document.activeElement);
  return (event) => {
    event.preventDefault();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
}
