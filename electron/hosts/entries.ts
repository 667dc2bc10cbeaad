import { join } from 'node:path';

/** Files of ours that the host starts or serves. Built, they lie beside each other in dist/; from source, in their folders. */
export interface Entries {
  readonly engine: string;
  readonly scan: string;
  readonly notes: string;
  readonly reader: string;
  readonly rendererDir: string;
  /** The models that come with the app; `INKLING_BUILTIN_MODELS` names another folder (the tests use their own model). */
  readonly modelsDir: string;
}

/** Finds {@link Entries} from where this very file lies (`import.meta.filename` of the entry that runs). */
export function findEntries(self: string): Entries {
  const folder = join(self, '..');
  const chosen = process.env['INKLING_BUILTIN_MODELS'];
  if (self.endsWith('.mjs'))
    return {
      engine: join(folder, 'engine.mjs'),
      scan: join(folder, 'scan.mjs'),
      notes: join(folder, 'notes.mjs'),
      reader: join(folder, 'reader.mjs'),
      rendererDir: join(folder, 'renderer'),
      modelsDir: chosen ?? join(folder, 'models'),
    };
  const root = join(folder, '../../..');
  return {
    engine: join(root, 'electron/engine/main.ts'),
    scan: join(root, 'electron/engine/scan/main.ts'),
    notes: join(root, 'electron/notes/main.ts'),
    reader: join(root, 'electron/reader/main.ts'),
    rendererDir: join(root, 'dist/renderer'),
    modelsDir: chosen ?? join(root, 'dist/models'),
  };
}
