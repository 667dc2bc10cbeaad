import { join } from 'node:path';

/** Files of ours that the host starts or serves. Built, they lie beside each other in dist/; from source, in their folders. */
export interface Entries {
  readonly engine: string;
  readonly scan: string;
  readonly rendererDir: string;
  readonly modelsDir: string;
}

/** Finds {@link Entries} from where this very file lies (`import.meta.filename` of the entry that runs). */
export function findEntries(self: string): Entries {
  const folder = join(self, '..');
  if (self.endsWith('.mjs'))
    return {
      engine: join(folder, 'engine.mjs'),
      scan: join(folder, 'scan.mjs'),
      rendererDir: join(folder, 'renderer'),
      modelsDir: join(folder, 'models'),
    };
  const root = join(folder, '../../..');
  return {
    engine: join(root, 'electron/engine/main.ts'),
    scan: join(root, 'electron/engine/scan/main.ts'),
    rendererDir: join(root, 'dist/renderer'),
    modelsDir: join(root, 'dist/models'),
  };
}
