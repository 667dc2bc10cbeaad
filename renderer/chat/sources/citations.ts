import type { AnswerNotes, Source } from '../../../electron/contract/noteSources.ts';

/** The inner address that a citation `[2]` of an answer leads to; nothing outside of Inkling knows it. */
const scheme = 'inkling-source:';

/** Link definitions that make the citations of an answer into links; the Markdown itself stays as the model wrote it. */
export function citationDefinitions(sources: readonly Source[]): [string, string][] {
  return sources.map(({ number }) => [String(number), `[${number}]: ${scheme}${number}`]);
}

/** The number of the source that an address of {@link citationDefinitions} leads to; null for every other address. */
export function citedNumber(url: string): number | null {
  const number = /^inkling-source:(\d{1,4})$/.exec(url)?.[1];
  return number === undefined ? null : Number(number);
}

/** A statement that no source bears out, and how that is known. */
export interface Doubt {
  readonly text: string;
  readonly why: 'uncited' | 'words' | 'model';
}

/** The statements of an answer that its sources do not bear out, as it says them. */
export function doubtful(text: string, notes: AnswerNotes): Doubt[] {
  return notes.claims
    .filter(({ support }) => support !== 'supported')
    .map(({ start, end, support, by }) => ({
      text: text
        .slice(start, end)
        .replace(/^\s*(?:[-*+]|\d+[.)])\s+/, '')
        .replace(/\s*\[\d+\]/g, '')
        .replace(/\s+/g, ' '),
      why: support === 'uncited' ? 'uncited' : (by ?? 'words'),
    }));
}
