import { useEffect } from 'react';
import { isPress, type KeyPress, shortcuts } from './shortcuts.ts';
import { useStores } from './stores.tsx';

/** Listens for the window's shortcuts. Both keys for a new chat work where the surroundings let them through. */
export function useShortcuts(): void {
  const stores = useStores();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const typing = isTyping(event.target);
      const meant = (press: KeyPress) => isPress(event, press) && !(typing && isLetter(press));
      const found = shortcuts.find(({ run, keys }) => run && keys.some(meant));
      const run = found?.run?.(stores);
      if (!run) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [stores]);
}

/** A press that writes something in a field. */
const isLetter = (press: KeyPress) => press.length === 1 && press[0]?.length === 1;

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
