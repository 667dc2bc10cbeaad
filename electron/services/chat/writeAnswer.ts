import { notInNotes } from '../../../models/starter/notesPrompt.ts';
import { assertNever } from '../../base/assertNever.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AnswerNotes, Source } from '../../contract/notes.ts';
import type { Sampling, Thinking } from '../../contract/settings.ts';
import type { PromptMessage } from '../../engine/contract.ts';
import type { AnswerWriter } from '../conversations/answerWriter.ts';
import type { Engine } from '../engine/createEngine.ts';
import { findSources, fitSources, judgeAnswer, type NotesWish } from './answerFromNotes.ts';
import { type Turn, toTurns } from './buildPrompt.ts';
import { createCitationFilter } from './citationFilter.ts';
import { type FittedPrompt, fitPrompt } from './fitPrompt.ts';

type Finished = Extract<ChatEvent, { type: 'finished' }>;

export interface AnswerTask {
  readonly engine: Engine;
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
  /** Where to answer from; null for the conversation alone. */
  readonly notes: NotesWish | null;
  readonly emit: (event: ChatEvent) => void;
}

/** Makes one answer from seat to saved end. Never throws: whatever happens is the state the answer is saved in. */
export async function writeAnswer(task: AnswerTask, signal: AbortSignal): Promise<void> {
  const { writer, emit } = task;
  writer.onProblem((problem) => emit({ type: 'saving', problem }));
  let leftOut = 0;
  let end: Finished;
  try {
    end = await takeTurn(task, signal, (count) => {
      leftOut = count;
    });
  } catch (error) {
    end = ended(signal, error, leftOut);
  }
  const { type: _, ...saved } = end;
  await writer.finish(saved);
  emit(end);
}

async function takeTurn(
  task: AnswerTask,
  signal: AbortSignal,
  setLeftOut: (count: number) => void,
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
    const { thinking, sampling, hurry } = task;
    const count = (messages: readonly PromptMessage[]) => engine.count(messages, signal, { thinking });
    const fitIn = (systemPrompt: string, turns: readonly Turn[]) => fitPrompt(systemPrompt, turns, count);
    const turns = toTurns(task.branch);
    const from = task.notes ? await openNotes(task, task.notes, turns, fitIn, signal) : null;
    if (from === 'absent') return sayAbsent(task);
    const prompt = from?.prompt ?? (await fitIn(task.systemPrompt, turns));
    setLeftOut(prompt.leftOut);
    const { messages, tokens, contextSize, leftOut } = prompt;
    emit({ type: 'prompt', tokens, contextSize, leftOut });
    signal.throwIfAborted();
    const events = engine.generate({ messages: [...messages], sampling, thinking }, signal, hurry);
    return await pass(task, events, leftOut, from?.sources ?? null);
  } finally {
    release();
  }
}

/** Finds and shows what the answer may cite; `absent` where nothing in the notes shares a word with the question. */
async function openNotes(
  task: AnswerTask,
  wish: NotesWish,
  turns: readonly Turn[],
  fitIn: (systemPrompt: string, turns: readonly Turn[]) => Promise<FittedPrompt>,
  signal: AbortSignal,
): Promise<{ prompt: FittedPrompt; sources: readonly Source[] } | 'absent'> {
  const { question, sources } = await findSources(wish, turns, signal);
  if (sources.length === 0) return 'absent';
  const fitted = await fitSources(wish, { systemPrompt: task.systemPrompt, turns, question }, sources, fitIn);
  noteSources(task, { scope: wish.scope, sources: [...fitted.sources], claims: [], absent: false });
  return fitted;
}

/** What no passage can answer needs no model. */
function sayAbsent(task: AnswerTask): Finished {
  const { writer, emit, notes } = task;
  writer.append({ text: notInNotes });
  emit({ type: 'text', text: notInNotes });
  if (notes) noteSources(task, judgeAnswer(notes.scope, [], notInNotes));
  return { type: 'finished', state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 };
}

function noteSources({ writer, emit }: AnswerTask, notes: AnswerNotes): void {
  writer.note(notes);
  emit({ type: 'notes', notes });
}

/** Passes the engine's events on: text to the store first, then to the window. */
async function pass(
  task: AnswerTask,
  events: ReturnType<Engine['generate']>,
  leftOut: number,
  sources: readonly Source[] | null,
): Promise<Finished> {
  const { writer, emit } = task;
  const filter = sources && createCitationFilter(sources);
  let answer = '';
  const say = (text: string) => {
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
        return { type: 'finished', state, endReason, stats, error: null, leftOut };
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

function ended(signal: AbortSignal, error: unknown, leftOut: number): Finished {
  const common = { type: 'finished', stats: null, leftOut } as const;
  return signal.aborted
    ? { ...common, state: 'stopped', endReason: 'stopped', error: null }
    : { ...common, state: 'failed', endReason: null, error: toFailure(error) };
}
