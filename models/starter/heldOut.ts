import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { notesPrompt, notesPromptParts, notInNotes } from './notesPrompt.ts';

const question = z.object({ user: z.string(), answer: z.string() });
const heldOutCase = z.discriminatedUnion('kind', [
  /** A question about the app, or (`other`) one that the starter must decline. `must` are the words of the right fact. */
  question.extend({
    kind: z.enum(['app', 'other']),
    must: z.array(z.string()).min(1),
    about: z.string(),
  }),
  /** A question whose answer stands in one of the passages, or (`absent`) in none. */
  question.extend({
    kind: z.enum(['note', 'absent']),
    system: z.string(),
    question: z.string(),
    passages: z.array(z.object({ number: z.int(), place: z.string(), lines: z.array(z.string()) })),
  }),
]);
export type HeldOutCase = z.infer<typeof heldOutCase>;

const heldOutFile = z.object({ seed: z.int(), cases: z.array(heldOutCase) });

/** The test set that no training text shares a wording or an entity with. */
export async function readHeldOut(): Promise<HeldOutCase[]> {
  const text = await readFile(new URL('heldout.json', import.meta.url), 'utf8');
  return heldOutFile.parse(JSON.parse(text)).cases;
}

/** The prompt of a case, of notes as the app writes it; `answers` are all that the app lets the model say, null for any words. */
export function promptOf(test: HeldOutCase): {
  messages: { role: 'system' | 'user'; text: string }[];
  answers: readonly string[] | null;
} {
  if (!('passages' in test)) return { messages: [{ role: 'user', text: test.user }], answers: null };
  const passages = test.passages.map(({ number, place, lines }) => {
    const [path = '', heading = ''] = place.split(' › ');
    return { number, path, heading, text: lines.join('\n') };
  });
  const answers = notesPromptParts(passages, test.question).passages.flatMap((part) => part.answers);
  return { messages: notesPrompt(passages, test.question), answers: [notInNotes, ...answers] };
}

/** Notes and refusals must be exact, with the source; of the app's answers, the fact counts. */
export function isRight(test: HeldOutCase, answer: string): boolean {
  const said = answer.trim();
  return 'must' in test ? test.must.every((part) => said.includes(part)) : said === test.answer.trim();
}
