import type { Message } from '../../../electron/contract/conversations.ts';

/** Longer answers are shown as code: a tree of them would stop the window. */
const longest = 400_000;

/** The value of a finished answer that is JSON as it had to be; undefined for one that is shown as text. */
export function readStructured({ format, text, damaged }: Message): { readonly value: unknown } | undefined {
  if (format?.verdict !== 'valid' || damaged || text.length > longest) return undefined;
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    // What was valid when it was made and is not now was changed on disk; it is shown as it is.
    return undefined;
  }
}

/** What there is to say about an answer that had to be JSON and is not; null if nothing. */
export function formatWords({ format, state, text }: Message): string | null {
  if (!format || state === 'streaming' || (state === 'failed' && text === '')) return null;
  switch (format.verdict) {
    case 'valid':
      return null;
    case 'invalid':
      return 'This is not the JSON that was asked for. It is shown as it was written; try again.';
    default:
      return 'This JSON is unfinished: the answer ended before it was whole. Allow longer answers, or ask for less.';
  }
}
