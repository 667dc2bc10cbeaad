import { useEffect, useMemo, useState } from 'react';
import type { ThreadsStore } from '../stores/threads.ts';

/** A row of the message list: a whole message, or one part of a long answer. */
export interface Row {
  readonly key: string;
  readonly line: string;
  readonly part: number;
  readonly last: boolean;
}

/** The rows of some lines. A token that arrives changes none of them; a new part of an answer adds one. */
export function useRows(order: readonly string[], line: ThreadsStore['line']): readonly Row[] {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const stops = order.map((key) =>
      line(key).subscribe((next, before) => {
        if (next.doc.parts.length !== before.doc.parts.length) setVersion((count) => count + 1);
      }),
    );
    return () => {
      for (const stop of stops) stop();
    };
  }, [order, line]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the lines' parts
  return useMemo(() => order.flatMap((key) => rowsOf(key, line)), [order, line, version]);
}

function rowsOf(key: string, line: ThreadsStore['line']): readonly Row[] {
  const count = Math.max(1, line(key).getState().doc.parts.length);
  return Array.from({ length: count }, (_, part) => ({
    key: part === 0 ? key : `${key}:${part}`,
    line: key,
    part,
    last: part === count - 1,
  }));
}
