import { join } from 'node:path';
import type { SpawnChild } from '../../electron/services/children.ts';
import {
  createServices,
  type Services,
  type ServicesOptions,
} from '../../electron/services/createServices.ts';

const root = join(import.meta.dirname, '../..');

/** The processes of the app, with a scripted engine. */
export const scriptedEntries: ServicesOptions['entries'] = {
  engine: join(root, 'test/fakes/scriptedEngine.ts'),
  scan: join(root, 'electron/engine/scan/main.ts'),
  notes: join(root, 'electron/notes/main.ts'),
  reader: join(root, 'electron/reader/main.ts'),
};
/** The engine that ships. */
export const realEngine = join(root, 'electron/engine/main.ts');

/** All services on a folder, data and models in it, over a scripted engine and with nobody at the window. */
export const startServices = (
  dir: string,
  spawn: SpawnChild,
  others: Partial<ServicesOptions> = {},
): Services =>
  createServices({
    dataDir: join(dir, 'data'),
    version: '0',
    spawn,
    entries: scriptedEntries,
    trash: () => Promise.reject(new Error('nothing is thrown away here')),
    host: { pick: () => ({ path: null }), reveal: () => null, openLink: () => null },
    builtinModelsDir: join(dir, 'builtin'),
    log: () => {},
    ...others,
  });
