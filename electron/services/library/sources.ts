import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toStorageError } from '../storage/storageErrors.ts';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

const added = z.object({ path: z.string(), kind: z.enum(['file', 'folder']) });
export type AddedSource = z.infer<typeof added>;
const fileSchema = z.object({ sources: z.array(z.unknown()) });

/** Files and folders the person added, kept in `library.json` of the data folder. */
export interface Sources {
  all(): readonly AddedSource[];
  /** Throws `storage_full` or `storage_failed`; the list is then as it was. */
  add(source: AddedSource): void;
  /** As {@link Sources.add}. */
  remove(path: string): void;
}

/**
 * Opens the list. An entry that is not understood (of a newer version, say) is passed over and kept; a file that cannot
 * be read is put aside under a name with the time.
 */
export function openSources(dataDir: string): Sources {
  const path = join(dataDir, 'library.json');
  const entries = read(path);
  const unknown = entries.filter((entry) => !added.safeParse(entry).success);
  let sources = entries.flatMap((entry) => added.safeParse(entry).data ?? []);
  const save = (next: readonly AddedSource[]) => {
    try {
      writeFileAtomic(path, JSON.stringify({ sources: [...next, ...unknown] }, null, 1));
    } catch (error) {
      throw toStorageError(error);
    }
    sources = [...next];
  };
  return {
    all: () => sources,
    add: (source) => save([...sources.filter((known) => known.path !== source.path), source]),
    remove: (gone) => save(sources.filter((known) => known.path !== gone)),
  };
}

function read(path: string): readonly unknown[] {
  if (!existsSync(path)) return [];
  try {
    return fileSchema.parse(JSON.parse(readFileSync(path, 'utf8'))).sources;
  } catch {
    try {
      renameSync(path, `${path}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`);
    } catch {
      // A disk that does not let us rename does not let us overwrite it either.
    }
    return [];
  }
}
