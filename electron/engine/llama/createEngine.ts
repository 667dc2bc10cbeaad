import { createAsyncQueue } from '../../base/asyncQueue.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { EngineContract, LoadEvent } from '../contract.ts';
import type { Wishes } from './decode.ts';
import { type Embedder, openEmbedder } from './embedder.ts';
import { generate } from './generate.ts';
import { describeHardware } from './hardware.ts';
import { createBackend } from './library.ts';
import { countTexts, preparePrompt } from './prompt.ts';
import { openSession, type Session } from './session.ts';
import { createTemplateThreads } from './templateThreads.ts';

/** Loading progress is told at most this often, ms. */
const progressEvery = 50;

/** The engine: one model at a time, one task at a time. `entry` is the file that also runs the template thread. */
export function createEngine(entry: URL): Service<EngineContract> {
  const backend = createBackend();
  const templates = createTemplateThreads(entry);
  const tasks = createTasks();
  let session: Session | undefined;
  let embedder: Embedder | undefined;

  const current = () => {
    if (!session) throw noModel();
    return session;
  };
  const unload = async () => {
    const old = session;
    session = undefined;
    await old?.dispose();
  };

  return {
    engine: {
      ping: () => ({ pid: process.pid }),
      hardware: async ({ gpu }) => describeHardware((await backend(gpu)).llama, gpu),
      load: (input, { signal }) =>
        tasks.stream(signal, async function* () {
          const events = createAsyncQueue<LoadEvent>();
          const open = async () => {
            const loadedBackend = await backend();
            await unload();
            signal.throwIfAborted();
            const onProgress = throttled(events.push);
            session = await openSession(loadedBackend, templates, input, { signal, onProgress });
            events.push({ type: 'ready', loaded: session.loaded });
          };
          const opening = open().then(events.end, events.fail);
          try {
            yield* events;
          } finally {
            await opening;
          }
        }),
      unload: async (_, { signal }) => {
        await tasks.run(signal, unload);
        return null;
      },
      measure: (_, { signal }) => tasks.run(signal, () => current().measure(signal)),
      adapt: ({ adapters }, { signal }) => tasks.run(signal, () => current().adapt(adapters, signal)),
      count: async (input, { signal }) => {
        const asked = current();
        const { library } = asked.backend;
        const { contextSize } = asked.sequence.context;
        const prompt = await preparePrompt(library, asked.model, asked.template, input, {
          contextSize,
          signal,
        }).catch((error: unknown) => {
          // Counting is no task of its own: its model may be unloaded meanwhile.
          throw session === asked ? error : noModel();
        });
        return { tokens: prompt.count, contextSize };
      },
      countEach: async ({ texts }, { signal }) => {
        const asked = current();
        const tokens = await countTexts(asked.model, texts, signal).catch((error: unknown) => {
          throw session === asked ? error : noModel();
        });
        return { tokens };
      },
      generate: (input, { signal }) => {
        current();
        return tasks.stream(signal, (wishes) => generate(current(), input, signal, wishes), 'stoppable');
      },
      answerNow: () => {
        tasks.hurry();
        return null;
      },
      openEmbedder: ({ path }, { signal }) =>
        tasks.run(signal, async () => {
          await embedder?.dispose();
          embedder = undefined;
          embedder = await openEmbedder(await backend(), path, signal);
          return { dimensions: embedder.dimensions };
        }),
      embed: ({ texts }, { signal }) =>
        tasks.run(signal, async () => {
          if (!embedder) throw noModel();
          const vectors = await embedder.embed(texts, signal);
          return { vectors: vectors.map(toBase64) };
        }),
      stop: async () => {
        await tasks.stop();
        return null;
      },
    },
  };
}

const toBase64 = (vector: Float32Array) =>
  Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('base64');

const noModel = () => new InklingError('no_model', 'No model is loaded. Choose one first.');

interface Running {
  readonly stoppable: boolean;
  readonly signal: AbortSignal;
  readonly stop: AbortController;
  readonly hurry: AbortController;
  readonly done: Promise<void>;
}

/** Lets one task run at a time. Another is told `busy`, but waits for one that is already being stopped. */
function createTasks() {
  let running: Running | undefined;

  const enter = async (signal: AbortSignal, stoppable = false) => {
    while (running) {
      if (!running.signal.aborted && !running.stop.signal.aborted)
        throw new InklingError(
          'busy',
          'The model is busy with another request. Wait for it, or stop it first.',
        );
      await running.done;
    }
    signal.throwIfAborted();
    let finish = () => {};
    const done = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const stop = new AbortController();
    const hurry = new AbortController();
    running = { stoppable, signal, stop, hurry, done };
    const leave = () => {
      running = undefined;
      finish();
    };
    return { wishes: { stop: stop.signal, hurry: hurry.signal }, leave };
  };

  return {
    async run<T>(signal: AbortSignal, task: () => Promise<T>): Promise<T> {
      const { leave } = await enter(signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
    async *stream<T>(
      signal: AbortSignal,
      task: (wishes: Wishes) => AsyncIterable<T>,
      stoppable?: 'stoppable',
    ): AsyncGenerator<T> {
      const { wishes, leave } = await enter(signal, stoppable !== undefined);
      try {
        yield* task(wishes);
      } finally {
        leave();
      }
    },
    /** Asks the running task to come to its point. */
    hurry: () => running?.hurry.abort(),
    /** Asks a stoppable task to end in good order, and waits for it. */
    async stop(): Promise<void> {
      if (!running?.stoppable) return;
      running.stop.abort();
      await running.done;
    },
  };
}

/** Drops progress events that come too fast; the last one of a phase is not worth waiting for. */
function throttled(push: (event: LoadEvent) => void): (event: LoadEvent) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (event) => {
    const now = performance.now();
    if (now - last < progressEvery) return;
    last = now;
    push(event);
  };
}
