import { createAsyncQueue } from '../../base/asyncQueue.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { EngineContract, LoadEvent } from '../contract.ts';
import { type Embedder, openEmbedder } from './embedder.ts';
import { generate } from './generate.ts';
import { describeHardware } from './hardware.ts';
import { createBackend } from './library.ts';
import { prepare } from './prepare.ts';
import { countTexts, preparePrompt } from './prompt.ts';
import { score } from './score.ts';
import { openSession, type Session } from './session.ts';
import { createTasks } from './tasks.ts';
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
    await old?.keeper.settle();
    await old?.dispose();
  };
  const inOrder = async (signal: AbortSignal) => {
    await session?.keeper.clear();
    await session?.keeper.save(signal);
  };
  let keeping: NodeJS.Timeout | undefined;
  const keepLater = () => {
    clearTimeout(keeping);
    const keep = () => tasks.yielding(inOrder).catch((error: unknown) => console.error('[state]', error));
    if (session) keeping = setTimeout(keep, session.keeper.patience());
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
      async *generate(input, { signal }) {
        current();
        try {
          yield* tasks.stream(signal, (wishes) => generate(current(), input, signal, wishes), 'stoppable');
        } finally {
          keepLater();
        }
      },
      score: (input, { signal }) => {
        current();
        return tasks.stream(signal, (wishes) => score(current(), input, signal, wishes), 'stoppable');
      },
      answerNow: () => {
        tasks.hurry();
        return null;
      },
      prepare: async (input, { signal }) => {
        const mine = current();
        await tasks.clearYielding();
        const read = await tasks.yielding((yielded) =>
          prepare(mine, input, AbortSignal.any([signal, yielded])),
        );
        keepLater();
        return read ?? { tokens: 0, ready: 0 };
      },
      forget: async ({ chats }) => {
        session?.keeper.forget(chats);
        await tasks.clearYielding();
        await tasks.yielding(inOrder);
        return null;
      },
      settle: async (_, { signal }) => {
        await tasks.run(signal, async () => session?.keeper.settle());
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
