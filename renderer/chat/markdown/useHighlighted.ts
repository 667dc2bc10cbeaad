import { type ReactNode, useEffect, useState } from 'react';

const mostCharacters = 12_000;
const kept = 200;
const cache = new Map<string, ReactNode>();

/** Colours code once it is ready; null until then, for unknown languages and for very long code. */
export function useHighlighted(text: string, lang: string, ready: boolean): ReactNode {
  const key = `${lang}\n${text}`;
  const wanted = ready && lang !== '' && text.length <= mostCharacters;
  const [, setDone] = useState(0);
  const found = wanted ? cache.get(key) : undefined;
  useEffect(() => {
    if (!wanted || cache.has(key)) return;
    let live = true;
    const task = requestIdleCallback(
      async () => {
        const { highlight } = await import('./highlight.tsx');
        if (!live) return;
        remember(key, highlight(text, lang));
        setDone((count) => count + 1);
      },
      { timeout: 1000 },
    );
    return () => {
      live = false;
      cancelIdleCallback(task);
    };
  }, [wanted, key, text, lang]);
  return found ?? null;
}

function remember(key: string, value: ReactNode): void {
  cache.set(key, value);
  const oldest = cache.keys().next().value;
  if (cache.size > kept && oldest !== undefined) cache.delete(oldest);
}
