import { useEffect } from 'react';

let typed = '';

/** Stands where the palette will be: what is typed until then is for it, not for what lies below. */
export function KeepKeys() {
  useEffect(() => {
    typed = '';
    const keep = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.key === 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === 'Backspace') typed = typed.slice(0, -1);
      else if ([...event.key].length === 1) typed += event.key;
    };
    document.addEventListener('keydown', keep, true);
    return () => document.removeEventListener('keydown', keep, true);
  }, []);
  return null;
}

/** What was typed meanwhile; asked for once. */
export function takeKeys(): string {
  const words = typed;
  typed = '';
  return words;
}
