import { type KeyboardEvent, type RefObject, useEffect } from 'react';
import { useDesk } from './desk.ts';

/** For what lies over the note: it takes the focus, gives it back, and goes away with Escape. Goes to `onKeyDown`. */
export function useOver(over: boolean, frame: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  const { view } = useDesk();
  useEffect(() => {
    if (!over) return;
    const before = document.activeElement;
    frame.current?.querySelector<HTMLElement>('input, [role="tab"]')?.focus();
    return () => {
      const { activeElement } = document;
      const left = activeElement === null || activeElement === document.body;
      if (left && before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, [over, frame]);
  return (event) => {
    if (over && event.key === 'Escape' && !event.defaultPrevented) view.setState({ over: null });
  };
}
