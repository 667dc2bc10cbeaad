import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Download } from '../../../electron/contract/downloads.ts';
import { createDownloads } from '../../../electron/services/downloads/createDownloads.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';
import type { FakeHub } from '../../fakes/hub/startHub.ts';
import { uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from '../storage/tempFolder.ts';

/** Patience for tests: the same number of tries, without the waits. */
export const quick = { tries: 8, first: 10, longest: 50 };
export const repo = 'org/model';
export const file = 'model-Q4_K_M.gguf';

/** Bytes that no two files share. */
export const someBytes = (size: number) => randomBytes(size);

/** Opens the downloads on a folder as the app does; closed at the end of the test if not before. */
export function openDownloads(
  hub: Pick<FakeHub, 'url'>,
  options: { dataDir?: string; modelsDir?: string; token?: string; log?: (message: string) => void } = {},
) {
  const dataDir = options.dataDir ?? tempFolder();
  const modelsDir = options.modelsDir ?? join(dataDir, 'models');
  const storage = openStorage({ dataDir });
  const network = createNetwork({
    hubUrl: hub.url,
    token: () => options.token ?? null,
    patience: { answer: 1000, silence: 1000 },
  });
  const { api, close } = createDownloads({
    storage,
    network,
    modelsDir,
    log: options.log ?? (() => {}),
    patience: quick,
  });
  let open = true;

  /** Waits until a download looks as wanted, and answers it. */
  const until = async (wanted: (download: Download) => boolean, signal = AbortSignal.timeout(20_000)) => {
    let last: Download[] = [];
    for await (const { downloads } of api.watch(undefined, { signal })) {
      last = downloads;
      const found = downloads.find(wanted);
      if (found) return found;
    }
    throw new Error(`it never came to that: ${JSON.stringify(last)}`);
  };
  const downloads = {
    dataDir,
    modelsDir,
    storage,
    network,
    api,
    until,
    place: (name = file) => join(modelsDir, repo, name),
    start: async (name = file, revision?: string) => api.start({ repo, file: name, revision }, uncancelled),
    pause: async (id: string) => api.pause({ id }, uncancelled),
    resume: async (id: string) => api.resume({ id }, uncancelled),
    cancel: async (id: string) => api.cancel({ id }, uncancelled),
    remove: async (id: string) => api.remove({ id }, uncancelled),
    /** Starts, and waits for the end, whichever it is. */
    async fetch(name = file) {
      const { id } = await downloads.start(name);
      return downloads.ended(id);
    },
    ended: (id: string) => until((one) => one.id === id && ['ready', 'failed', 'paused'].includes(one.state)),
    /** Every file below the models folder. */
    files: () =>
      readdirSync(modelsDir, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => entry.name),
    async close() {
      if (!open) return;
      open = false;
      await close();
      network.close();
      await storage.close();
    },
  };
  onTestFinished(() => downloads.close());
  return downloads;
}
