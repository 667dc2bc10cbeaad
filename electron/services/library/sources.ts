import { join } from 'node:path';
import { z } from 'zod';
import { otherApp } from '../../contract/library.ts';
import { readJsonFile, writeJsonFile } from './jsonFile.ts';

/** A hash in hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const added = z.object({
  path: z.string(),
  kind: z.enum(['file', 'folder']),
  /** What people call it, where the file's name says nothing. */
  name: z.string().nullable().default(null),
  /** The app whose model it is. */
  app: otherApp.nullable().default(null),
  /** The hash of each part, as that app says. */
  sha256: z.array(sha256).nullable().default(null),
});
export type AddedSource = z.infer<typeof added>;
const fileSchema = z.object({ sources: z.array(z.unknown()) });

/** Files and folders the person added, kept in `library.json` of the data folder. */
export interface Sources {
  all(): readonly AddedSource[];
  /** Adds all of them or none. Throws `storage_full` or `storage_failed`; the list is then as it was. */
  add(sources: readonly AddedSource[]): void;
  /** As {@link Sources.add}. */
  remove(path: string): void;
}

/**
 * Opens the list. An entry that is not understood (of a newer version, say) is passed over and kept; a file that cannot
 * be read is put aside under a name with the time.
 */
export function openSources(dataDir: string): Sources {
  const path = join(dataDir, 'library.json');
  const entries = readJsonFile(path, (value) => fileSchema.parse(value).sources) ?? [];
  const unknown = entries.filter((entry) => !added.safeParse(entry).success);
  let sources = entries.flatMap((entry) => added.safeParse(entry).data ?? []);
  const save = (next: readonly AddedSource[]) => {
    writeJsonFile(path, { sources: [...next, ...unknown] });
    sources = [...next];
  };
  return {
    all: () => sources,
    add(more) {
      const paths = new Set(more.map((source) => source.path));
      save([...sources.filter((known) => !paths.has(known.path)), ...more]);
    },
    remove: (gone) => save(sources.filter((known) => known.path !== gone)),
  };
}
