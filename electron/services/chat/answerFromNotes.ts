import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import type { AnswerNotes, FoundPassage, NoteScope, Source } from '../../contract/noteSources.ts';
import { checkClaims } from './checkClaims.ts';
import { notInFiles } from './files/filesPrompt.ts';
import { mergeNeighbours } from './mergeNeighbours.ts';

/** Passages put before a model at most. */
export const mostPassages = 5;
/** A question with fewer words is taken together with the one before it: "And when?" finds nothing alone. */
const fewWords = 3;

/** What is looked for, for the last of the questions of a conversation. */
export function queryOf(asked: readonly string[]): string {
  const question = asked.at(-1) ?? '';
  const short = (question.match(/[\p{L}\p{N}]{3,}/gu) ?? []).length < fewWords;
  return short ? `${asked.at(-2) ?? ''} ${question}`.trim() : question;
}

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
}

/** Finds the passages for the last of the questions of a conversation. */
export async function findSources(
  wish: NotesWish,
  asked: readonly string[],
  signal: AbortSignal,
): Promise<Source[]> {
  const found = await wish.find(queryOf(asked), wish.scope, mostPassages, signal);
  // The starter was trained on single passages.
  const passages = wish.starter ? found : mergeNeighbours(found);
  return passages.map((passage, at) => ({ ...passage, number: at + 1 }));
}

/** What the answer of {@link notInNotes} and its like look like, from any model. */
export const saysAbsent = (text: string) =>
  [notInNotes, notInFiles].some((words) =>
    text.trim().toLowerCase().startsWith(words.toLowerCase().replace(/\.$/, '')),
  );

/** Judges a finished answer. */
export function judgeAnswer(scope: NoteScope | null, sources: readonly Source[], text: string): AnswerNotes {
  const absent = saysAbsent(text);
  return { scope, sources: [...sources], claims: absent ? [] : checkClaims(text, sources), absent };
}
