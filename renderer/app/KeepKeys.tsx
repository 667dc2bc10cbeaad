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

/** What was typed meanwhile. It stays until it is forgotten: a component may be rendered more than once before it is there. */
export const keptKeys = (): string => typed;

/** To be called once what was typed is in its place. */
export function forgetKeys(): void {
  typed = '';
}
