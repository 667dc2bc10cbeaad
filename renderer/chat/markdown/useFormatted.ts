import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { formatMarkdown } from './formatMarkdown.tsx';
import { slices } from './slices.ts';

/** A text and the elements it became; null where it could not be formatted. */
interface Formatted {
  readonly text: string;
  readonly nodes: ReactNode;
}

const kept = 300;
const recent = new Map<string, Formatted>();

/**
 * Formats a block of Markdown within the time that a task of the window has for such; until then it is what it looked
 * like before, or undefined. Null for a text that cannot be formatted.
 */
export function useFormatted(text: string): ReactNode | undefined {
  const atOnce = useMemo(() => recent.get(text) ?? formatInTime(text), [text]);
  const [late, setLate] = useState<Formatted | null>(null);
  const shown = useRef<Formatted | null>(null);
  const formatted = atOnce ?? (late?.text === text ? late : null);
  useEffect(() => {
    if (formatted === null) return slices.soon(() => setLate(format(text)));
    shown.current = formatted;
  }, [formatted, text]);
  // What is scrolled out of sight comes back without work.
  useEffect(() => () => remember(shown.current), []);
  return (formatted ?? shown.current)?.nodes;
}

function formatInTime(text: string): Formatted | null {
  let made: Formatted | null = null;
  slices.now(() => {
    made = format(text);
  });
  return made;
}

function format(text: string): Formatted {
  try {
    return { text, nodes: formatMarkdown(text) };
  } catch {
    return { text, nodes: null };
  }
}

function remember(formatted: Formatted | null): void {
  if (formatted === null) return;
  recent.set(formatted.text, formatted);
  const oldest = recent.keys().next().value;
  if (recent.size > kept && oldest !== undefined) recent.delete(oldest);
}
