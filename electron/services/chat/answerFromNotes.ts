import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import type { AnswerNotes, FoundPassage, NoteScope, Source } from '../../contract/notes.ts';
import { checkClaims } from './checkClaims.ts';

/** Passages put before a model at most; the starter picks the right line out of few. */
const mostPassages = { starter: 3, others: 5 } as const;
/** A question with fewer words is taken together with the one before it: "And when?" finds nothing alone. */
const fewWords = 3;

/** What answering from notes needs of the rest. */
export interface NotesWish {
  readonly scope: NoteScope;
  readonly find: (
    question: string,
    scope: NoteScope,
    limit: number,
    signal: AbortSignal,
  ) => Promise<FoundPassage[]>;
  /** The starter model knows one prompt only. */
  readonly starter: boolean;
  /** Those that the answer was begun with, where it goes on; else they are looked for. */
  readonly sources?: readonly Source[] | null;
}

/** Finds the passages for the last of the questions of a conversation. */
export async function findSources(
  wish: NotesWish,
  asked: readonly string[],
  signal: AbortSignal,
): Promise<Source[]> {
  if (wish.sources) return [...wish.sources];
  const question = asked.at(-1) ?? '';
  const short = (question.match(/[\p{L}\p{N}]{3,}/gu) ?? []).length < fewWords;
  const query = short ? `${asked.at(-2) ?? ''} ${question}`.trim() : question;
  const found = await wish.find(
    query,
    wish.scope,
    wish.starter ? mostPassages.starter : mostPassages.others,
    signal,
  );
  return found.map((passage, at) => ({ ...passage, number: at + 1 }));
}

/** What the answer of {@link notInNotes} and its like look like, from any model. */
export const saysAbsent = (text: string) =>
  text.trim().toLowerCase().startsWith(notInNotes.toLowerCase().replace(/\.$/, ''));

/** Judges a finished answer. */
export function judgeAnswer(scope: NoteScope, sources: readonly Source[], text: string): AnswerNotes {
  const absent = saysAbsent(text);
  return { scope, sources: [...sources], claims: absent ? [] : checkClaims(text, sources), absent };
}
