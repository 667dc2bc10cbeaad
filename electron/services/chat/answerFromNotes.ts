import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AnswerNotes, FoundPassage, NoteScope, Source } from '../../contract/notes.ts';
import type { Turn } from './buildPrompt.ts';
import { checkClaims } from './checkClaims.ts';
import { writeNotesPrompt } from './notesPrompt.ts';

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
}

/** Finds the passages for the newest question of a conversation. */
export async function findSources(
  wish: NotesWish,
  turns: readonly Turn[],
  signal: AbortSignal,
): Promise<{ question: string; sources: Source[] }> {
  const asked = turns.map((turn) => turn.prompt.find(({ role }) => role === 'user')?.text ?? '');
  const question = asked.at(-1) ?? '';
  const short = (question.match(/[\p{L}\p{N}]{3,}/gu) ?? []).length < fewWords;
  const query = short ? `${asked.at(-2) ?? ''} ${question}`.trim() : question;
  const found = await wish.find(
    query,
    wish.scope,
    wish.starter ? mostPassages.starter : mostPassages.others,
    signal,
  );
  return { question, sources: found.map((passage, at) => ({ ...passage, number: at + 1 })) };
}

/**
 * Fits as many passages as the window holds beside the question, the best ones first. `fitIn` throws `context_overflow`
 * where a prompt is too long; with a single passage that is told to the person.
 */
export async function fitSources<T>(
  wish: NotesWish,
  given: { readonly systemPrompt: string; readonly turns: readonly Turn[]; readonly question: string },
  sources: readonly Source[],
  fitIn: (systemPrompt: string, turns: readonly Turn[]) => Promise<T>,
): Promise<{ prompt: T; sources: readonly Source[] }> {
  for (let kept = sources.length; ; kept--) {
    const some = sources.slice(0, kept);
    const { systemPrompt, turns } = writeNotesPrompt(given, some, wish.starter);
    try {
      return { prompt: await fitIn(systemPrompt, turns), sources: some };
    } catch (error) {
      if (kept > 1 && error instanceof InklingError && error.code === 'context_overflow') continue;
      throw error;
    }
  }
}

/** What the answer of {@link notInNotes} and its like look like, from any model. */
export const saysAbsent = (text: string) =>
  text.trim().toLowerCase().startsWith(notInNotes.toLowerCase().replace(/\.$/, ''));

/** Judges a finished answer. */
export function judgeAnswer(scope: NoteScope, sources: readonly Source[], text: string): AnswerNotes {
  const absent = saysAbsent(text);
  return { scope, sources: [...sources], claims: absent ? [] : checkClaims(text, sources), absent };
}
