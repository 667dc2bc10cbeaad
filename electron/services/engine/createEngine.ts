import { createLock } from '../../base/lock.ts';
import { createTopic, type Topic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import type { EngineStatus, Hardware, LoadedModel } from '../../contract/engine.ts';
import { InklingError, toFailure } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { GenerateEvent, GenerateInput, PromptMessage } from '../../engine/contract.ts';
import type { SpawnChild } from '../children.ts';
import { createCrashLog } from './crashLog.ts';
import { superviseEngine } from './engineProcess.ts';
import { createLoader, type LoadProgress, type LoadRequest } from './loader.ts';
import { createProbe } from './probe.ts';

type ModelState = EngineStatus['model'];

/** The inference engine as the other services see it: one model, one answer at a time, alive again after every crash. */
export interface Engine {
  readonly api: Service<AppContract>['engine'];
  readonly status: Topic<EngineStatus>;
  /** Waits for the engine's one seat; `onWaiting` tells how many are ahead. Release it in a `finally`. */
  takeTurn(signal: AbortSignal, onWaiting: (ahead: number) => void): Promise<() => void>;
  /** Makes sure this model is loaded as the settings ask. Only with a turn. */
  ensureLoaded(
    modelId: string,
    signal: AbortSignal,
    onProgress: LoadProgress,
    force?: boolean,
  ): Promise<LoadedModel>;
  /** Tokens of a prompt as the loaded model's template writes it. Only with a model loaded. */
  count(
    messages: readonly PromptMessage[],
    signal: AbortSignal,
  ): Promise<{ tokens: number; contextSize: number }>;
  /** Streams an answer. Only with a turn and a model. An abort ends it with `finished` (`stopped`) within 500 ms. */
  generate(input: GenerateInput, signal: AbortSignal): AsyncIterable<GenerateEvent>;
  close(): void;
}

/** How long a cancelled load and a stopped answer may take to let go before the process is replaced, in ms. */
const patience = { load: 2_000, stop: 5_000 } as const;

/** Joins the supervised process, the loader and the breaker. `requestFor` finds a model's load request by id, or throws. */
export function createEngine(options: {
  spawn: SpawnChild;
  entry: string;
  requestFor: (modelId: string) => Promise<LoadRequest>;
}): Engine {
  const crashes = createCrashLog();
  const turns = createLock();
  let hardware: Hardware | null = null;
  let model = { state: 'none' } as ModelState;
  let lastCrash: EngineStatus['lastCrash'] = null;
  let answering = false;

  const supervised = superviseEngine({
    spawn: options.spawn,
    entry: options.entry,
    onCrash(message) {
      const modelId = model.state === 'loading' || model.state === 'ready' ? model.id : null;
      crashes.add(modelId);
      lastCrash = { at: Date.now(), message, modelId };
      if (modelId) model = { state: 'failed', id: modelId, error: toFailure(crashed()) };
      publish();
    },
  });

  const snapshot = (): EngineStatus => ({
    ...supervised.status.value,
    hardware,
    model,
    busy: answering,
    waiting: Math.max(0, turns.length - 1),
    crashes: crashes.total,
    lastCrash,
    blocked: crashes.blocked(),
  });
  const status = createTopic<EngineStatus>(snapshot());
  const publish = () => status.set(snapshot());
  const setModel = (next: ModelState) => {
    model = next;
    publish();
  };

  const crashed = () =>
    new InklingError(
      'engine_crashed',
      `The inference engine stopped: ${lastCrash?.message ?? 'unknown reason'}. Your text is kept and the engine is starting again. Try once more.`,
    );
  /** A lost connection to the engine is a crash to everybody else; waits a moment for the reason to be known. */
  const translate = async (error: unknown) => {
    if (!(error instanceof InklingError) || error.code !== 'connection_lost') return error;
    const known = AbortSignal.timeout(1_000);
    for await (const now of supervised.status.watch(known)) if (now.process !== 'running') break;
    return crashed();
  };

  const probe = createProbe((found) => {
    hardware = found;
    publish();
  });
  /** The process that runs, with llama.cpp in it. */
  const api = async (signal?: AbortSignal) => {
    const running = await supervised.api(signal);
    try {
      await probe.ready(running);
    } catch (error) {
      throw await translate(error);
    }
    supervised.proved();
    return running;
  };

  void (async () => {
    for await (const now of supervised.status.watch()) {
      // A process that went away took its model along.
      if (now.process !== 'running' && model.state === 'ready') model = { state: 'none' };
      publish();
      if (now.process === 'running') api().catch(() => {});
    }
  })();

  const letGo = async (task: Promise<unknown>, limit: number) => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), limit);
    });
    const result = await Promise.race([task.catch(() => undefined), late]);
    clearTimeout(timer);
    if (result === 'late') supervised.restart();
  };

  const loader = createLoader({
    api,
    current: () => model,
    setModel,
    requestFor: options.requestFor,
    translate,
    letGo: (task) => letGo(task, patience.load),
    restart: supervised.restart,
  });

  const takeTurn: Engine['takeTurn'] = async (signal, onWaiting) => {
    const ahead = turns.length;
    if (ahead > 0) onWaiting(ahead);
    const waiting = turns.acquire(signal);
    publish();
    try {
      const release = await waiting;
      publish();
      return () => {
        release();
        publish();
      };
    } catch (error) {
      publish();
      throw error;
    }
  };

  const ensureLoaded: Engine['ensureLoaded'] = async (modelId, signal, onProgress, force = false) => {
    if (force) crashes.forgive(modelId);
    if (crashes.isBlocked(modelId)) {
      throw new InklingError(
        'model_blocked',
        'This model made the engine stop three times in five minutes, so it is left alone. Choose another model, or load it anyway.',
        { modelId },
      );
    }
    return loader.ensure(modelId, signal, onProgress);
  };

  async function* generate(input: GenerateInput, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
    const running = await api(signal);
    const onAbort = () => void letGo(running.stop(null), patience.stop);
    answering = true;
    publish();
    try {
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      yield* running.generate(input);
    } catch (error) {
      throw await translate(error);
    } finally {
      signal.removeEventListener('abort', onAbort);
      answering = false;
      publish();
    }
  }

  const withTurn = async <T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> => {
    const release = await takeTurn(signal, () => {});
    try {
      return await task();
    } finally {
      release();
    }
  };

  return {
    status,
    takeTurn,
    ensureLoaded,
    generate,
    async count(messages, signal) {
      const running = await api(signal);
      return running.count({ messages: [...messages] }, { signal }).catch(async (error: unknown) => {
        throw await translate(error);
      });
    },
    close: supervised.close,
    api: {
      watch: (_input, { signal }) => status.watch(signal),
      load: (input, { signal }) =>
        loader.stream(input.modelId, signal, status, (inner) =>
          withTurn(inner, () => ensureLoaded(input.modelId, inner, () => {}, input.force)),
        ),
      unload: (_input, { signal }) => withTurn(signal, () => loader.unload()),
      measure: (_input, { signal }) => withTurn(signal, () => loader.measure()),
    },
  };
}
