import { assertNever } from '../../../base/assertNever.ts';
import type { Message } from '../../../contract/conversations.ts';
import { InklingError, toFailure } from '../../../contract/errors.ts';
import type { Summary } from '../../../contract/ledger.ts';
import type { Sampling } from '../../../contract/settings.ts';
import type { WritingEvent } from '../../../contract/writing.ts';
import type { Engine } from '../../engine/createEngine.ts';
import type { Tokenizer } from '../../engine/tokenizer.ts';
import type { ChosenModel } from '../../library/chooseModel.ts';
import { roomForAnswer } from './drawPlan.ts';
import { activeSummaries } from './summaries.ts';
import { partsOf, piecesOf, summaryPrompt } from './summaryPrompt.ts';
import type { TokenCounts } from './tokenCounts.ts';
import { toTurns } from './turns.ts';

type Finished = Extract<WritingEvent, { type: 'finished' }>;

export interface SummaryTask {
  readonly engine: Engine;
  readonly counts: (tokenizer: Tokenizer) => TokenCounts;
  readonly model: ChosenModel | null;
  readonly sampling: Sampling;
  /** The shown branch. */
  readonly branch: readonly Message[];
  readonly from: string;
  readonly to: string;
  readonly emit: (event: WritingEvent) => void;
  /** Keeps the summary; not called unless it is whole. */
  readonly keep: (summary: Summary) => void;
}

/** The most tokens of a summary. */
const longest = 512;

/** Sums up some turns with the model, part by part where they are more than its window holds. Never throws. */
export async function summarize(task: SummaryTask, signal: AbortSignal): Promise<Finished> {
  try {
    await sumUp(task, signal);
    return { type: 'finished', state: 'done', endReason: 'complete', error: null };
  } catch (error) {
    return signal.aborted
      ? { type: 'finished', state: 'stopped', endReason: 'stopped', error: null }
      : { type: 'finished', state: 'failed', endReason: null, error: toFailure(error) };
  }
}

async function sumUp(task: SummaryTask, signal: AbortSignal): Promise<void> {
  const { engine, model, emit } = task;
  const said = textsOf(task);
  if (!model)
    throw new InklingError(
      'no_model',
      'There is no model to sum up with. Your chat is as it was. Choose a model.',
    );
  if (model.starter)
    throw new InklingError(
      'unsupported',
      'The small model that comes with Inkling cannot sum up a chat. Your chat is as it was. Choose a bigger model in Models, then try again.',
      { reason: 'starter' },
    );
  const modelId = model.id;
  const release = await engine.takeTurn(signal, (ahead) => emit({ type: 'waiting', ahead }));
  try {
    await engine.ensureLoaded(modelId, signal, (progress) => emit({ type: 'loading', modelId, ...progress }));
    const tokenizer = engine.tokenizer();
    if (!tokenizer) throw ended();
    const limit = Math.floor(tokenizer.contextSize * 0.4);
    const texts = await cut(said.texts, limit, task.counts(tokenizer), signal);
    const parts = partsOf(texts, limit);
    let text = '';
    for (const [index, part] of parts.entries())
      text = await ask(
        task,
        summaryPrompt(text, part),
        index === parts.length - 1,
        tokenizer.contextSize,
        signal,
      );
    if (text.trim() === '')
      throw new InklingError('internal', 'The model wrote nothing. Your chat is as it was. Try again.');
    signal.throwIfAborted();
    const { name } = model;
    task.keep({
      from: task.from,
      text: text.trim(),
      turns: said.turns,
      model: { id: modelId, name },
      createdAt: Date.now(),
    });
  } finally {
    release();
  }
}

/** What is to be summed up, in order: turns as they are, those summed up before by that summary. */
function textsOf({ branch, from, to }: SummaryTask): { texts: string[]; turns: number } {
  const start = branch.findIndex(({ id }) => id === from);
  const end = branch.findIndex(({ id }) => id === to);
  if (start < 0 || end < start)
    throw new InklingError('not_found', 'These messages are not in the shown chat any more.');
  const stretch = branch.slice(start, end + 1);
  const summaries = activeSummaries(stretch);
  const turns = toTurns(stretch);
  const texts = turns.flatMap(({ messageIds, question, answer, keep }) => {
    const summary = summaries.find(({ covers }) => covers.has(messageIds.at(-1) ?? ''));
    if (summary) return summary.messageId === messageIds.at(-1) ? [summary.text] : [];
    // What a person pinned stays as it is, and what they left out stays out.
    if (keep !== 'auto') return [];
    return [question === null ? '' : `Person:\n${question}`, answer === null ? '' : `Model:\n${answer}`];
  });
  const some = texts.filter((text) => text.trim() !== '');
  if (some.length === 0)
    throw new InklingError('bad_input', 'There is nothing to sum up: these turns are pinned or left out.');
  return { texts: some, turns: turns.length };
}

async function cut(texts: readonly string[], limit: number, counts: TokenCounts, signal: AbortSignal) {
  const tokens = await counts.texts(texts, signal);
  const pieces = texts.flatMap((text, index) => piecesOf(text, tokens[index] ?? 0, limit));
  const counted = await counts.texts(pieces, signal);
  return pieces.map((text, index) => ({ text, tokens: counted[index] ?? 0 }));
}

/** One answer of the model; the last one is shown while it is written. */
async function ask(
  { engine, emit, sampling }: SummaryTask,
  messages: ReturnType<typeof summaryPrompt>,
  isLast: boolean,
  contextSize: number,
  signal: AbortSignal,
): Promise<string> {
  const maxTokens = Math.min(longest, roomForAnswer(contextSize));
  const thinking = { on: false, budget: 1 };
  let text = '';
  for await (const event of engine.generate(
    { messages, sampling: { ...sampling, maxTokens }, thinking },
    signal,
  )) {
    switch (event.type) {
      case 'text':
        text += event.text;
        if (isLast) emit(event);
        break;
      case 'thought':
        break;
      case 'prefill':
        emit(event);
        break;
      case 'finished':
        signal.throwIfAborted();
        return text;
      default:
        assertNever(event);
    }
  }
  throw ended();
}

const ended = () =>
  new InklingError(
    'engine_crashed',
    'The engine ended without saying why. Your chat is as it was. Try again.',
  );
