import { assertNever } from '../../base/assertNever.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { Sampling } from '../../contract/settings.ts';
import type { PromptMessage } from '../../engine/contract.ts';
import type { AnswerWriter } from '../conversations/answerWriter.ts';
import type { Engine } from '../engine/createEngine.ts';
import { toTurns } from './buildPrompt.ts';
import { fitPrompt } from './fitPrompt.ts';

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
    const count = (messages: readonly PromptMessage[]) => engine.count(messages, signal);
    const prompt = await fitPrompt(task.systemPrompt, toTurns(task.branch), count);
    setLeftOut(prompt.leftOut);
    const { messages, tokens, contextSize, leftOut } = prompt;
    emit({ type: 'prompt', tokens, contextSize, leftOut });
    signal.throwIfAborted();
    return await pass(
      task,
      engine.generate({ messages: [...messages], sampling: task.sampling, stop: [] }, signal),
      leftOut,
    );
  } finally {
    release();
  }
}

/** Passes the engine's events on: text to the store first, then to the window. */
async function pass(
  task: AnswerTask,
  events: ReturnType<Engine['generate']>,
  leftOut: number,
): Promise<Finished> {
  const { writer, emit } = task;
  for await (const event of events) {
    switch (event.type) {
      case 'text':
      case 'thought':
        writer.append({ [event.type]: event.text });
        emit(event);
        break;
      case 'prefill':
        emit(event);
        break;
      case 'finished': {
        const { endReason, stats } = event;
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
