import { type RefObject, useRef } from 'react';

/**
 * For a menu whose choices may move the focus: the choice is done once the menu has closed and the button has the focus
 * back, so that a dialog which opens then gives it back to where it found it.
 */
export function useAfterClose(trigger: RefObject<HTMLElement | null>): {
  readonly later: (run: () => void) => void;
  /** To be told when the menu has closed; true if a choice was made. */
  readonly onClosed: () => boolean;
} {
  const next = useRef<(() => void) | null>(null);
  return {
    later(run) {
      next.current = run;
    },
    onClosed() {
      const run = next.current;
      next.current = null;
      if (!run) return false;
      trigger.current?.focus();
      run();
      return true;
    },
  };
}
