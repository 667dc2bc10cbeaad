import { type Client, openClient } from '../client.ts';
import { builtEntry, makeDir, type RunningHost, removeDir, startHost } from '../hosts/browser/startHost.ts';

/** The built app on a folder of its own, with a client of it. */
export interface BenchApp {
  readonly app: RunningHost;
  readonly api: Client;
  /** Adds a model file where it lies and answers its id. */
  add(path: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts the built app for a measurement. */
export async function openBenchApp(): Promise<BenchApp> {
  const dataDir = makeDir();
  const app = await startHost({ entry: builtEntry, dataDir });
  const api = await openClient(app);
  return {
    app,
    api,
    async add(path) {
      const { models } = await api.library.add({ path });
      const model = models.find((entry) => entry.path === path);
      if (!model) throw new Error(`the library does not list ${path}`);
      return model.id;
    },
    async close() {
      api.close();
      await app.stop();
      removeDir(dataDir);
    },
  };
}

/** Loads a model as the window does and waits until it is ready. */
export async function loadModel(api: Client, modelId: string): Promise<void> {
  for await (const state of api.engine.load({ modelId }))
    if (state.state === 'failed') throw new Error(state.error.message);
}
