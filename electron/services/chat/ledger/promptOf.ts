import type { PromptMessage } from '../../../engine/contract.ts';

/** What one part of the ledger gives to the prompt. */
export type Written =
  | { readonly place: 'system' | 'newest'; readonly text: string }
  | { readonly place: 'turn'; readonly question: string | null; readonly answer: string | null }
  | { readonly place: 'none' };

/** Joins the parts of a prompt: one system message, whole turns, and what is to be answered as one message. */
export function promptOf(parts: readonly Written[]): PromptMessage[] {
  const textsAt = (place: 'system' | 'newest') =>
    parts.flatMap((part) => (part.place === place ? [part.text] : []));
  const system = textsAt('system')
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
  const newest = textsAt('newest');
  const turns = parts.flatMap((part) => (part.place === 'turn' ? turnOf(part) : []));
  return [
    ...(system === '' ? [] : [{ role: 'system' as const, text: system }]),
    ...turns,
    ...(newest.length === 0 ? [] : [{ role: 'user' as const, text: newest.join('') }]),
  ];
}

const turnOf = (turn: { readonly question: string | null; readonly answer: string | null }) => [
  ...(turn.question === null ? [] : [{ role: 'user' as const, text: turn.question }]),
  ...(turn.answer === null ? [] : [{ role: 'assistant' as const, text: turn.answer }]),
];
