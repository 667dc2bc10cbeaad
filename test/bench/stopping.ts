import { type Client, openClient } from '../client.ts';
import { builtEntry, makeDir, type RunningHost, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { median } from './figures.ts';

/** How soon the engine is free again, in ms: after Stop, after the window vanished, and after a kill, how soon it is told. */
export interface Stopping {
  readonly stopMs: number;
  readonly vanishMs: number;
  readonly crashToldMs: number;
}

const prompt = 'the quick brown fox '.repeat(100);

/** Interrupts answers of a real model, while it reads the prompt and while it writes, and watches the engine's state. */
export async function measureStopping(modelPath: string, rounds: number): Promise<Stopping> {
  const dataDir = makeDir();
  const app = await startHost({ entry: builtEntry, dataDir });
  try {
    const observer = await openClient(app);
    const { models } = await observer.library.add({ path: modelPath });
    const modelId = models.find((model) => model.path === modelPath)?.id ?? '';
    for await (const _ of observer.engine.load({ modelId }));
    const stops: number[] = [];
    const vanishes: number[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const moment of ['prefill', 'text'] as const) {
        stops.push(await interrupt(app, observer, modelId, moment, (stop) => stop.abort()));
        vanishes.push(await interrupt(app, observer, modelId, moment, (_, client) => client.close()));
      }
    }
    return { stopMs: median(stops), vanishMs: median(vanishes), crashToldMs: await crash(app, observer) };
  } finally {
    await app.stop();
    removeDir(dataDir);
  }
}

async function interrupt(
  app: RunningHost,
  observer: Client,
  modelId: string,
  moment: 'prefill' | 'text',
  how: (stop: AbortController, client: Client) => void,
): Promise<number> {
  const client = await openClient(app);
  const { id: conversationId } = await client.conversations.create({});
  const stop = new AbortController();
  const text = `${Math.random()} ${prompt}`;
  let started = 0;
  try {
    for await (const event of client.chat.send({ conversationId, text, modelId }, { signal: stop.signal })) {
      if (event.type !== moment || started) continue;
      started = performance.now();
      how(stop, client);
    }
  } catch {
    // Both ways of leaving end the stream with an error.
  }
  for await (const status of observer.engine.watch(null)) if (!status.busy) break;
  client.close();
  return performance.now() - started;
}

async function crash(app: RunningHost, observer: Client): Promise<number> {
  const started = performance.now();
  process.kill(app.enginePid ?? Number.NaN, 'SIGKILL');
  for await (const status of observer.engine.watch(null)) if (status.crashes > 0) break;
  return performance.now() - started;
}
