import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AnswerNotes, Source } from '../../contract/notes.ts';
import type { Sampling, Thinking } from '../../contract/settings.ts';
import type { KeepState } from '../../engine/contract.ts';
import type { AnswerWriter } from '../conversations/answerWriter.ts';
import type { Engine } from '../engine/createEngine.ts';
import type { PromptHow, Tokenizer } from '../engine/tokenizer.ts';
import { findSources, judgeAnswer, type NotesWish } from './answerFromNotes.ts';
import { createCitationFilter } from './citationFilter.ts';
import { createSeam, joinStats, type Seam, type SoFar } from './continuation.ts';
import { countParts, settlePlan } from './ledger/drawPlan.ts';
import type { Plan } from './ledger/planLedger.ts';
import type { TokenCounts } from './ledger/tokenCounts.ts';
import { toTurns } from './ledger/turns.ts';
import { writeNotesPrompt } from './notesPrompt.ts';

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
  /** Where to answer from; null for the conversation alone. */
  readonly notes: NotesWish | null;
  /** What the answer says already; nothing, unless it goes on. */
  readonly soFar: SoFar;
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
    end = ended(signal, error, seen);
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
    const sources = task.notes ? await openNotes(task, task.notes, signal) : null;
    if (sources?.length === 0) return sayAbsent(task);
    const { thinking, sampling, hurry, soFar, keep } = task;
    const seam = createSeam(soFar.text);
    const how = { thinking, answerPrefix: { thought: soFar.thought, text: seam.read } };
    const plan = await planPrompt(task, how, sources, signal);
    const shown = sources?.slice(0, plan.passages);
    if (task.notes && shown)
      noteSources(task, { scope: task.notes.scope, sources: shown, claims: [], absent: false });
    const { messages, tokens, contextSize, leftOut, cut } = plan;
    const seen = { leftOut, cut };
    setSeen(seen);
    emit({ type: 'prompt', tokens, contextSize, leftOut });
    signal.throwIfAborted();
    const events = engine.generate({ messages: [...messages], sampling, keep, ...how }, signal, hurry);
    return await pass(task, events, seen, { seam, sources: shown ?? null });
  } finally {
    release();
  }
}

/** Finds what the answer may cite; nothing where nothing in the notes shares a word with the question. */
function openNotes(task: AnswerTask, wish: NotesWish, signal: AbortSignal): Promise<Source[]> {
  const asked = toTurns(task.branch).map(({ question }) => question ?? '');
  return findSources(wish, asked, signal);
}

/** Plans the prompt as the loaded model counts it. */
async function planPrompt(
  { engine, counts, systemPrompt, branch, notes, thinking }: AnswerTask,
  how: PromptHow,
  sources: readonly Source[] | null,
  signal: AbortSignal,
): Promise<Plan> {
  const tokenizer = engine.tokenizer();
  if (!tokenizer)
    throw new InklingError('engine_crashed', 'The inference engine stopped right after the load. Try again.');
  const write = (question: string) => writeNotesPrompt(sources ?? [], question, notes?.starter ?? false);
  // What the answer says already is no mark of the format: it is counted with the whole.
  const draft = { systemPrompt, branch, notes: sources && write, how: { thinking } };
  const parts = await countParts(draft, counts(tokenizer), tokenizer.contextSize, signal);
  return settlePlan(parts, tokenizer, how, signal);
}

/** What no passage can answer needs no model. */
function sayAbsent(task: AnswerTask): Finished {
  const { writer, emit, notes } = task;
  writer.append({ text: notInNotes });
  emit({ type: 'text', text: notInNotes });
  if (notes) noteSources(task, judgeAnswer(notes.scope, [], notInNotes));
  return { type: 'finished', state: 'done', endReason: 'complete', stats: null, error: null, ...wholly };
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
  const { writer, emit } = task;
  const filter = sources && createCitationFilter(sources);
  // It has to know whether the answer stands in code; half a citation at the end is said already.
  filter?.push(task.soFar.text.replace(/\[[\d,;\s]*$/, ''));
  let answer = task.soFar.text;
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
        say(filter ? filter.push(event.text) : event.text);
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
        if (filter) say(filter.end());
        if (task.notes && sources) noteSources(task, judgeAnswer(task.notes.scope, sources, answer));
        const state = endReason === 'stopped' ? 'stopped' : 'done';
        return { type: 'finished', state, endReason, stats, error: null, ...seen };
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
