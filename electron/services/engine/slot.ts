import { setTimeout as sleep } from 'node:timers/promises';
import type { ModelState } from '../../contract/engine.ts';
import type { Failure } from '../../contract/errors.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { LoadCause } from '../../contract/load.ts';
import type { SpawnChild } from '../children.ts';
import { type EngineApi, type EngineProcess, superviseEngine } from './engineProcess.ts';
import type { Probe } from './probe.ts';

/** An end of a process that nobody intended, and what it probably means. */
export interface Crash {
  readonly message: string;
  readonly cause: LoadCause;
}

/** One engine process and the model in it. While a model is switched there are two. */
export interface Slot {
  readonly process: EngineProcess;
  readonly model: ModelState;
  /** What the loaded model was loaded with, to notice changed settings; '' for none. */
  loadedWith: string;
  /** Adapters at work, as they were asked for. */
  adaptedWith: string;
  /** The newest crash of this process. */
  readonly crash: Crash | null;
  setModel(model: ModelState): void;
  /** The process that runs, with llama.cpp in it. */
  api(signal?: AbortSignal): Promise<EngineApi>;
  /** A lost connection to the engine is a crash to everybody else; waits a moment for the reason to be known. */
  translate(error: unknown): Promise<unknown>;
  /** Waits for a task that is being broken off; replaces the process when it does not let go within `limit` ms. */
  letGo(task: Promise<unknown>, limit: number): Promise<void>;
  /** Gives the model's process a moment to keep what it has read, before it is ended. */
  settle(): Promise<void>;
  close(): void;
}

/** How long that moment may be, ms. */
const settleLimit = 2_000;

/** Starts a process for one model. `onChange` is told of every change, `onCrash` of a crash and the model it took along. */
export function openSlot(options: {
  spawn: SpawnChild;
  entry: string;
  probe: Probe;
  onChange: () => void;
  onCrash: (slot: Slot, crash: Crash, modelId: string | null) => void;
}): Slot {
  const closed = new AbortController();
  let model: ModelState = { state: 'none' };
  let crash: Crash | null = null;

  const setModel = (next: ModelState) => {
    model = next;
    options.onChange();
  };
  const process = superviseEngine({
    spawn: options.spawn,
    entry: options.entry,
    onCrash(message, cause) {
      crash = { message, cause };
      const modelId = model.state === 'loading' || model.state === 'ready' ? model.id : null;
      if (modelId) model = { state: 'failed', id: modelId, error: crashFailure(message), cause, retry: null };
      options.onCrash(slot, crash, modelId);
      options.onChange();
    },
  });

  const slot: Slot = {
    process,
    loadedWith: '',
    adaptedWith: '',
    get model() {
      return model;
    },
    get crash() {
      return crash;
    },
    setModel,
    async api(signal) {
      const running = await process.api(signal);
      try {
        await options.probe.ready(running);
      } catch (error) {
        throw await slot.translate(error);
      }
      process.proved();
      return running;
    },
    async translate(error) {
      if (!(error instanceof InklingError) || error.code !== 'connection_lost') return error;
      const known = AbortSignal.timeout(1_000);
      for await (const now of process.status.watch(known)) if (now.process !== 'running') break;
      return crashed(crash?.message);
    },
    async letGo(task, limit) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<'late'>((resolve) => {
        timer = setTimeout(() => resolve('late'), limit);
      });
      const result = await Promise.race([task.catch(() => undefined), late]);
      clearTimeout(timer);
      if (result === 'late') process.restart();
    },
    async settle() {
      if (model.state !== 'ready' || process.status.value.process !== 'running') return;
      const settled = process.api().then((api) => api.settle(null));
      await Promise.race([settled.catch(() => null), sleep(settleLimit, null, { ref: false })]);
    },
    close() {
      closed.abort();
      process.close();
    },
  };

  void (async () => {
    for await (const now of process.status.watch(closed.signal)) {
      // A process that went away took its model along.
      if (now.process !== 'running' && slot.model.state === 'ready') model = { state: 'none' };
      options.onChange();
      if (now.process === 'running') slot.api().catch(() => {});
    }
  })();
  return slot;
}

const crashed = (message: string | undefined) =>
  new InklingError(
    'engine_crashed',
    `The inference engine stopped: ${message ?? 'unknown reason'}. Your text is kept and the engine is starting again. Try once more.`,
  );
const crashFailure = (message: string): Failure => toFailure(crashed(message));
