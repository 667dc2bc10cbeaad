import type { Message } from '../../../contract/conversations.ts';
import { InklingError } from '../../../contract/errors.ts';
import type { PromptHow, Tokenizer } from '../../engine/tokenizer.ts';
import type { NotesPrompt } from '../notesPrompt.ts';
import { type Plan, type PlanInput, planLedger } from './planLedger.ts';
import { activeSummaries, summaryText } from './summaries.ts';
import type { TokenCounts } from './tokenCounts.ts';
import { type TurnMessage, titleOf, toTurns } from './turns.ts';

/** What a prompt is drawn from. */
export interface Draft {
  readonly systemPrompt: string;
  /** The shown branch; where its last turn has no answer, that is the message to be answered. */
  readonly branch: readonly (TurnMessage & Pick<Message, 'summary' | 'cut'>)[];
  /** What is answered from notes, with these passages; null for the conversation alone. */
  readonly notes: ((question: string) => NotesPrompt) | null;
  /** What changes the prompt beside its messages. */
  readonly how: PromptHow;
}

/** Room kept free for the answer, in tokens: an eighth of the window, at least 64 and at most 1024. */
export function roomForAnswer(contextSize: number): number {
  return Math.max(64, Math.min(1024, Math.floor(contextSize / 8)));
}

/** Counts all parts of a prompt; counts that are known already cost nothing. */
export async function countParts(
  draft: Draft,
  counts: TokenCounts,
  contextSize: number,
  signal: AbortSignal,
): Promise<PlanInput> {
  const { branch } = draft;
  const turns = toTurns(branch);
  const last = turns.at(-1);
  const newest = last && last.answer === null && last.question !== null ? last : null;
  const earlier = newest ? turns.slice(0, -1) : turns;
  const summaries = activeSummaries(branch);
  const notes = newest && draft.notes ? draft.notes(newest.question ?? '') : null;

  const texts: string[] = [];
  const later = (text: string): number => texts.push(text) - 1;
  const system = later(draft.systemPrompt);
  const summaryAt = summaries.map(({ text }) => later(summaryText(text)));
  const turnAt = earlier.map(({ question, answer }) => [later(question ?? ''), later(answer ?? '')] as const);
  const newestAt = later(notes?.question ?? newest?.question ?? '');
  const notesAt = later(notes?.instructions ?? '');
  const passageAt = notes?.passages.map(({ text }) => later(text)) ?? [];
  const filesAt = turns.map(({ files }) => files.map(({ text }) => later(text)));
  const tokens = await counts.texts(texts, signal);
  const format = await counts.format(draft.how, signal);

  const at = (index: number | undefined) => (index === undefined ? 0 : (tokens[index] ?? 0));
  const counted = (index: number | undefined, title: string) => ({
    text: texts[index ?? -1] ?? '',
    title,
    tokens: at(index),
  });
  const filesOf = (turn: number) =>
    (turns[turn]?.files ?? []).map(({ title }, index) => counted(filesAt[turn]?.[index], title));
  const sumOf = (parts: readonly { readonly tokens: number }[]) =>
    parts.reduce((sum, { tokens }) => sum + tokens, 0);
  return {
    contextSize,
    room: roomForAnswer(contextSize),
    format: format.base,
    systemFormat: format.system,
    instructions: draft.systemPrompt.trim() === '' ? null : counted(system, titleOf(draft.systemPrompt)),
    summaries: summaries.map(({ messageId, text }, index) => ({
      ...counted(summaryAt[index], titleOf(text)),
      messageId,
    })),
    turns: earlier.map((turn, index) => {
      const [question, answer] = turnAt[index] ?? [];
      const share = turn.question === null || turn.answer === null ? 2 : 1;
      const files = filesOf(index);
      const summary = summaries.findIndex(({ covers }) => covers.has(turn.messageIds.at(-1) ?? ''));
      return {
        ...turn,
        files,
        title: titleOf(turn.question ?? turn.answer ?? ''),
        tokens: sumOf(files) + at(question) + at(answer) + Math.ceil(format.turn / share),
        summary: summary < 0 ? null : summary,
      };
    }),
    newest: newest && {
      ...counted(newestAt, titleOf(newest.question ?? '')),
      // A draft has no id yet.
      messageIds: newest.messageIds.filter((id) => id !== ''),
      files: filesOf(turns.length - 1),
    },
    notes: notes && {
      instructions: notes.instructions === '' ? null : counted(notesAt, 'How to answer from notes'),
      passages: notes.passages.map(({ title, from }, index) => ({
        ...counted(passageAt[index], title),
        from,
      })),
      alone: notes.alone,
    },
    before: branch.findLast(({ cut }) => cut !== null)?.cut ?? null,
  };
}

/** How often a plan is made anew because the model's format counts differently than its parts. */
const mostTries = 6;

/**
 * Makes the plan of a prompt that is sent: counted whole, as the model's template writes it. Throws `context_overflow`
 * (details `tokens`, `contextSize`) when instructions and newest message alone do not fit.
 */
export async function settlePlan(
  input: PlanInput,
  tokenizer: Pick<Tokenizer, 'count'>,
  how: PromptHow,
  signal: AbortSignal,
): Promise<Plan> {
  const { contextSize, room } = input;
  let { format } = input;
  for (let tries = 0; ; tries++) {
    const plan = planLedger({ ...input, format });
    const tokens = await tokenizer.count(plan.messages, how, signal);
    const fits = tokens + room <= contextSize;
    if (fits && plan.fits) return planLedger({ ...input, format }, tokens - plan.tokens);
    if ((!fits && !plan.fits) || tries === mostTries) throw overflow(tokens, room, contextSize);
    format += tokens - plan.tokens;
  }
}

function overflow(tokens: number, room: number, contextSize: number): InklingError {
  return new InklingError(
    'context_overflow',
    `This message and the instructions take ${tokens} tokens, and the model's context window holds ${contextSize}, answer included. Your text is kept. Shorten it, raise the context window in Settings, or choose a model with a larger one.`,
    { tokens, room, contextSize },
  );
}
