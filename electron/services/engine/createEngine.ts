import type { Topic } from '../../base/topic.ts';
import type { AnswerStats } from '../../contract/conversations.ts';
import type { Service } from '../../contract/define.ts';
import type { EngineStatus, LoadedModel } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { LoadSettings } from '../../contract/load.ts';
import type { GenerateEvent, GenerateWish, ReadWish, ScoreEvent } from '../../engine/contract.ts';
import type { SpawnChild } from '../children.ts';
import { createCrew } from './crew.ts';
import type { EngineApi as ProcessApi } from './engineProcess.ts';
import { createIdleWatch } from './idle.ts';
import type { LoadProgress, RequestFor } from './loader.ts';
import type { Slot } from './slot.ts';
import { streamLoad } from './streamLoad.ts';
import { createSwitcher } from './switcher.ts';
import { type Tokenizer, tokenizerOf } from './tokenizer.ts';
import { createTurns } from './turns.ts';

type EngineApi = Service<AppContract>['engine'];

/** The inference engine as the other services see it: one model, one answer at a time, alive again after every crash. */
export interface Engine {
  readonly api: Pick<EngineApi, 'watch' | 'load' | 'unload' | 'measure' | 'adapt'>;
  readonly status: Topic<EngineStatus>;
  /** Waits for the engine's one seat; `onWaiting` tells how many are ahead. Release it in a `finally`. */
  takeTurn(signal: AbortSignal, onWaiting: (ahead: number) => void): Promise<() => void>;
  /** Makes sure this model is loaded as the settings ask. Only with a turn, which it stays with to its end. */
  ensureLoaded(
    modelId: string,
    signal: AbortSignal,
    onProgress: LoadProgress,
    force?: boolean,
  ): Promise<LoadedModel>;
  /** Counts tokens as the loaded model does; null while none is loaded. With a turn, the model of that turn. */
  tokenizer(): Tokenizer | null;
  /** Somebody has the seat or waits for it. */
  busy(): boolean;
  /**
   * Streams an answer. Only with a turn and a model. An abort ends it with `finished` (`stopped`) within 500 ms; an abort
   * of `hurry` ends its thought.
   */
  generate(input: GenerateWish, signal: AbortSignal, hurry?: AbortSignal): AsyncIterable<GenerateEvent>;
  /** Reads ahead what is certain of a prompt, without a turn: whatever takes one ends it. Fails as any call does. */
  prepare(input: ReadWish, signal: AbortSignal): Promise<void>;
  /** Lets no engine process keep anything of these chats. */
  forget(chats: readonly string[]): Promise<void>;
  /** Tells how likely the model finds the text of `answerPrefix`. Only with a turn and a model. */
  score(input: ReadWish, signal: AbortSignal): AsyncIterable<ScoreEvent>;
  /** Ends the processes, once what the model has read of a chat is kept. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly spawn: SpawnChild;
  readonly entry: string;
  readonly requestFor: RequestFor;
  /** Whether a second model of so many bytes fits into memory beside all that runs. */
  readonly roomFor: (bytes: number, gpuLayers: number | 'auto') => boolean;
  /** Keeps settings of a model that turned out to work. */
  readonly keep: (modelId: string, settings: Partial<LoadSettings>) => void;
  /** Told of the figures of every answer. */
  readonly onAnswer: (modelId: string, stats: AnswerStats) => void;
  /** Milliseconds without a prompt after which the model is unloaded; null never. */
  readonly unloadAfter: () => number | null;
  /** How often it is looked whether that long has passed, in ms. */
  readonly lookEvery?: number;
}

/** How long a stopped answer and an unload may take before the process is replaced, in ms. */
const patience = { unload: 2_000, stop: 5_000 } as const;

/** Joins the supervised processes, the switch between models, and the breaker. */
export function createEngine(options: EngineOptions): Engine {
  const turns = createTurns({
    onChange: () => crew.publish(),
    onRelease() {
      crew.unpin();
      idle.touch();
    },
  });
  const { withTurn } = turns;
  const crew = createCrew({
    spawn: options.spawn,
    entry: options.entry,
    waiting: () => Math.max(0, turns.length - 1),
  });
  const { status, crashes } = crew;
  const switcher = createSwitcher({
    crew,
    requestFor: options.requestFor,
    roomFor: options.roomFor,
  });

  const checkBreaker = (modelId: string, force: boolean) => {
    if (force) crashes.forgive(modelId);
    if (!crashes.isBlocked(modelId)) return;
    throw new InklingError(
      'model_blocked',
      'This model made the engine stop three times in five minutes, so it is left alone. Choose another model, or load it anyway.',
      { modelId },
    );
  };

  const ensureLoaded: Engine['ensureLoaded'] = async (modelId, signal, onProgress, force = false) => {
    checkBreaker(modelId, force);
    const waited = new AbortController();
    const { next } = status.value;
    if (next?.state === 'loading' && next.id === modelId) void follow(modelId, onProgress, waited.signal);
    try {
      const slot = await switcher.ensure({ modelId, signal, onProgress });
      crew.pin(slot);
      if (slot.model.state === 'ready') return slot.model.loaded;
    } finally {
      waited.abort();
    }
    throw new InklingError('engine_crashed', 'The inference engine stopped right after the load. Try again.');
  };
  /** Tells how far a load is that somebody else asked for. */
  const follow = async (modelId: string, onProgress: LoadProgress, signal: AbortSignal) => {
    for await (const { next } of status.watch(signal))
      if (next?.state === 'loading' && next.id === modelId) onProgress(next);
  };

  const load = async (
    wish: { modelId: string; force?: boolean | undefined; settings?: LoadSettings | undefined },
    signal: AbortSignal,
  ) => {
    const { modelId, settings } = wish;
    checkBreaker(modelId, wish.force === true);
    const asked = { modelId, settings, signal, onProgress: () => {} };
    idle.touch();
    const meanwhile = await switcher.loadMeanwhile(asked);
    if (!meanwhile) await withTurn(signal, () => switcher.ensure(asked));
    if (settings) options.keep(modelId, settings);
  };

  /** Runs a task of the model in use; an abort ends it in good order. */
  async function* perform<E>(
    signal: AbortSignal,
    task: (api: ProcessApi, slot: Slot) => AsyncIterable<E>,
  ): AsyncGenerator<E> {
    const slot = crew.pinned ?? crew.active;
    const running = await slot.api(signal);
    const onAbort = () => void slot.letGo(running.stop(null), patience.stop);
    crew.setAnswering(true);
    try {
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      yield* task(running, slot);
    } catch (error) {
      throw await slot.translate(error);
    } finally {
      signal.removeEventListener('abort', onAbort);
      crew.setAnswering(false);
    }
  }

  const generate: Engine['generate'] = (input, signal, hurry) =>
    perform(signal, async function* (running, slot) {
      const modelId = slot.model.state === 'ready' ? slot.model.id : null;
      // An engine that is gone says so to the answer itself.
      const onHurry = () => void running.answerNow(null).catch(() => {});
      hurry?.addEventListener('abort', onHurry, { once: true });
      try {
        for await (const event of running.generate({ ...input, hurried: hurry?.aborted === true })) {
          if (event.type === 'finished' && modelId) options.onAnswer(modelId, event.stats);
          yield event;
        }
      } finally {
        hurry?.removeEventListener('abort', onHurry);
      }
    });

  const unload = async () => {
    const slot = crew.active;
    const api = await slot.api();
    await slot.letGo(api.unload(null), patience.unload);
    crew.setRested(null);
    slot.setModel({ state: 'none' });
    return null;
  };

  const idle = createIdleWatch({
    after: options.unloadAfter,
    ...(options.lookEvery === undefined ? {} : { lookEvery: options.lookEvery }),
    busy: () => turns.length > 0 || crew.incoming !== null || crew.active.model.state === 'loading',
    rest: () =>
      withTurn(new AbortController().signal, async () => {
        const { active } = crew;
        if (active.model.state !== 'ready') return;
        const { id } = active.model;
        await unload();
        // A fresh process holds no memory that a model once took.
        active.process.restart();
        crew.setRested(id);
      }),
  });

  return {
    status,
    takeTurn: turns.take,
    busy: () => turns.length > 0,
    ensureLoaded,
    generate,
    async prepare(input, signal) {
      const slot = crew.active;
      const api = await slot.api(signal);
      await api.prepare(input, { signal }).catch(async (error: unknown) => {
        throw await slot.translate(error);
      });
    },
    async forget(chats) {
      const tell = async (slot: Slot) => (await slot.api()).forget({ chats: [...chats] });
      await Promise.allSettled(crew.slots().filter(isRunning).map(tell));
    },
    score: (input, signal) => perform(signal, (running) => running.score(input)),
    tokenizer: () => tokenizerOf(crew.pinned ?? crew.active),
    async close() {
      idle.close();
      await Promise.all(crew.slots().map((slot) => slot.settle()));
      crew.close();
    },
    api: {
      watch: (_input, { signal }) => status.watch(signal),
      load: (input, { signal }) => streamLoad(input.modelId, signal, status, (inner) => load(input, inner)),
      unload: (_input, { signal }) => withTurn(signal, unload),
      measure: (_input, { signal }) =>
        withTurn(signal, async () => {
          const slot = crew.active;
          const { model } = slot;
          if (model.state !== 'ready')
            throw new InklingError('no_model', 'No model is loaded. Load one, then measure.');
          const api = await slot.api();
          const loaded = await api.measure(null).catch(async (error: unknown) => {
            throw await slot.translate(error);
          });
          const { remember } = await options.requestFor(model.id);
          remember({ threads: loaded.threads, speeds: loaded.threadSpeeds });
          slot.setModel({ state: 'ready', id: model.id, loaded });
          return loaded;
        }),
      adapt: ({ modelId, adapters }, { signal }) =>
        withTurn(signal, async () => {
          const { attempt } = await options.requestFor(modelId);
          const request = await options.requestFor(modelId, { ...attempt.settings, adapters });
          const { model } = crew.active;
          if (model.state === 'ready' && model.id === modelId) await switcher.adapt(crew.active, request);
          options.keep(modelId, { adapters });
          return null;
        }),
    },
  };
}

const isRunning = (slot: Slot) => slot.process.status.value.process === 'running';
