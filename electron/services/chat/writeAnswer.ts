import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AnswerNotes, Source } from '../../contract/noteSources.ts';
import type { Sampling, Thinking } from '../../contract/settings.ts';
import type { KeepState } from '../../engine/contract.ts';
import type { AnswerWriter } from '../conversations/answerWriter.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { PromptHow, Tokenizer } from '../engine/tokenizer.ts';
import { judgeAnswer } from './answerFromNotes.ts';
import { createCitationFilter } from './citationFilter.ts';
import { createSeam, joinStats, type Seam, type SoFar } from './continuation.ts';
import { createRenameAbsent } from './files/renameAbsent.ts';
import { type Gathered, gatherSources, type Wells } from './gatherSources.ts';
import { countParts, settlePlan } from './ledger/drawPlan.ts';
import type { Plan } from './ledger/planLedger.ts';
import type { TokenCounts } from './ledger/tokenCounts.ts';
import { toTurns } from './ledger/turns.ts';
import { answerGrammar } from './notesPrompt.ts';
import { judged, type Structured } from './structured.ts';

type Finished = Extract<ChatEvent, { type: 'finished' }>;

export interface AnswerTask {
  readonly engine: Engine;
  readonly counts: (tokenizer: Tokenizer) => TokenCounts;
  readonly writer: AnswerWriter;
  /** The branch up to the question, oldest first. */
  readonly branch: readonly Message[];
  /** Null while no model could be chosen; the answer then says so. */
  readonly modelId: string | null;
  readonly systemPrompt: string;
  readonly sampling: Sampling;
  readonly thinking: Thinking;
  /** Aborted when somebody wants the answer without more thinking. */
  readonly hurry: AbortSignal;
  /** Where the engine keeps what it has read; null where it is not to. */
  readonly keep: KeepState | null;
  readonly wells: Wells;
  /** What the answer says already; nothing, unless it goes on. */
  readonly soFar: SoFar;
  /** What the answer has to be; null for plain words. */
  readonly structured: Structured | null;
  readonly emit: (event: ChatEvent) => void;
}

/** What of the conversation the model did not see. */
type Seen = Pick<Finished, 'leftOut' | 'cut'>;
const wholly: Seen = { leftOut: 0, cut: null };

/** Makes one answer from seat to saved end. Never throws: whatever happens is the state the answer is saved in. */
export async function writeAnswer(task: AnswerTask, signal: AbortSignal): Promise<void> {
  const { writer, emit } = task;
  writer.onProblem((problem) => emit({ type: 'saving', problem }));
  let seen = wholly;
  let end: Finished;
  try {
    end = await takeTurn(task, signal, (plan) => {
      seen = plan;
    });
  } catch (error) {
    const format = task.structured && judged(task.structured, '', false);
    end = { ...ended(signal, error, seen), format };
  }
  end = { ...end, stats: joinStats(task.soFar.stats, end.stats) };
  const { type: _, ...saved } = end;
  await writer.finish(saved);
  emit(end);
}

async function takeTurn(
  task: AnswerTask,
  signal: AbortSignal,
  setSeen: (seen: Seen) => void,
): Promise<Finished> {
  const { engine, modelId, emit } = task;
  if (modelId === null) {
    throw new InklingError(
      'no_model',
      'There is no model to answer yet. Your message is kept. Choose or add a model, then try again.',
    );
  }
  const release = await engine.takeTurn(signal, (ahead) => emit({ type: 'waiting', ahead }));
  try {
    await engine.ensureLoaded(modelId, signal, (progress) => emit({ type: 'loading', modelId, ...progress }));
    const { thinking, sampling, hurry, soFar, keep } = task;
    const seam = createSeam(soFar.text);
    const how = { thinking, answerPrefix: { thought: soFar.thought, text: seam.read } };
    const { plan, gathered } = await planPrompt(task, how, signal);
    if (plan === null) return sayAbsent(task);
    const asked = gathered.write?.(toTurns(gathered.branch).at(-1)?.question ?? '') ?? null;
    const numbers = new Set(asked?.passages.slice(0, plan.passages).map(({ number }) => number));
    const shown = asked && gathered.sources.filter(({ number }) => numbers.has(number));
    if (shown) noteSources(task, { scope: task.wells.scope, sources: shown, claims: [], absent: false });
    const { messages, tokens, contextSize, leftOut, cut } = plan;
    const seen = { leftOut, cut };
    setSeen(seen);
    emit({ type: 'prompt', tokens, contextSize, leftOut });
    signal.throwIfAborted();
    // A grammar begins at the beginning.
    const quotes = asked && soFar.text === '' ? answerGrammar(asked, plan.passages) : null;
    const grammar = task.structured?.grammar ?? quotes;
    const input = { messages: [...messages], sampling, grammar, keep, ...how };
    const events = engine.generate(input, signal, hurry);
    return await pass(task, events, seen, { seam, sources: shown });
  } finally {
    release();
  }
}

/** Finds what is answered from, and plans the prompt as the loaded model counts it; no plan where nothing was found. */
async function planPrompt(
  { engine, counts, systemPrompt, branch, wells, thinking }: AnswerTask,
  how: PromptHow,
  signal: AbortSignal,
): Promise<{ plan: Plan | null; gathered: Gathered<Message> }> {
  const tokenizer = engine.tokenizer();
  if (!tokenizer)
    throw new InklingError('engine_crashed', 'The inference engine stopped right after the load. Try again.');
  const { contextSize } = tokenizer;
  const counted = counts(tokenizer);
  const gathered = await gatherSources(wells, branch, { counts: counted, contextSize }, signal);
  if (gathered.absent) return { plan: null, gathered };
  // What the answer says already is no mark of the format: it is counted with the whole.
  const draft = { systemPrompt, branch: gathered.branch, notes: gathered.write, how: { thinking } };
  const parts = await countParts(draft, counted, contextSize, signal);
  return { plan: await settlePlan(parts, tokenizer, how, signal), gathered };
}

/** What no passage can answer needs no model. */
function sayAbsent(task: AnswerTask): Finished {
  const { writer, emit, wells } = task;
  writer.append({ text: notInNotes });
  emit({ type: 'text', text: notInNotes });
  noteSources(task, judgeAnswer(wells.scope, [], notInNotes));
  return {
    type: 'finished',
    state: 'done',
    endReason: 'complete',
    stats: null,
    error: null,
    ...wholly,
    format: null,
  };
}

function noteSources({ writer, emit }: AnswerTask, notes: AnswerNotes): void {
  writer.note(notes);
  emit({ type: 'notes', notes });
}

/** Passes the engine's events on: text to the store first, then to the window. */
async function pass(
  task: AnswerTask,
  events: ReturnType<Engine['generate']>,
  seen: Seen,
  { seam, sources }: { readonly seam: Seam; readonly sources: readonly Source[] | null },
): Promise<Finished> {
  const { writer, emit, wells, soFar } = task;
  // A list of numbers is no citation in JSON.
  const citations = sources && !task.structured ? createCitationFilter(sources) : null;
  const words =
    citations && wells.scope === null && wells.starter && soFar.text === '' ? createRenameAbsent() : null;
  // It has to know whether the answer stands in code; half a citation at the end is said already.
  citations?.push(soFar.text.replace(/\[[\d,;\s]*$/, ''));
  let answer = soFar.text;
  const say = (piece: string) => {
    const text = seam.push(piece);
    if (text === '') return;
    answer += text;
    writer.append({ text });
    emit({ type: 'text', text });
  };
  for await (const event of events) {
    switch (event.type) {
      case 'text':
        say(citations ? citations.push(words ? words.push(event.text) : event.text) : event.text);
        break;
      case 'thought':
        writer.append({ thought: event.text });
        emit(event);
        break;
      case 'prefill':
        emit(event);
        break;
      case 'finished': {
        const { endReason, stats } = event;
        if (citations) {
          if (words) say(citations.push(words.end()));
          say(citations.end());
        }
        if (sources && !task.structured) noteSources(task, judgeAnswer(wells.scope, sources, answer));
        const state = endReason === 'stopped' ? 'stopped' : 'done';
        const format = task.structured && judged(task.structured, answer, endReason === 'complete');
        return { type: 'finished', state, endReason, stats, error: null, ...seen, format };
      }
      default:
        assertNever(event);
    }
  }
  throw new InklingError(
    'engine_crashed',
    'The engine ended the answer without saying why. The text is kept. Try again.',
  );
}

function ended(signal: AbortSignal, error: unknown, seen: Seen): Finished {
  const common = { type: 'finished', stats: null, ...seen } as const;
  return signal.aborted
    ? { ...common, state: 'stopped', endReason: 'stopped', error: null }
    : { ...common, state: 'failed', endReason: null, error: toFailure(error) };
}
