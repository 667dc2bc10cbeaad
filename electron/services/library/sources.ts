import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

const added = z.object({ path: z.string(), kind: z.enum(['file', 'folder']) });
export type AddedSource = z.infer<typeof added>;
const fileSchema = z.object({ sources: z.array(z.unknown()) });

/** Files and folders the person added, kept in `library.json` of the data folder. */
export interface Sources {
  all(): readonly AddedSource[];
  add(source: AddedSource): void;
  remove(path: string): void;
}

/** Opens the list; an entry that cannot be read is left out, the others stay. */
export function openSources(dataDir: string): Sources {
  const path = join(dataDir, 'library.json');
  let sources = read(path);
  const save = (next: readonly AddedSource[]) => {
    writeFileAtomic(path, JSON.stringify({ sources: next }, null, 1));
    sources = [...next];
  };
  return {
    all: () => sources,
    add: (source) => save([...sources.filter((known) => known.path !== source.path), source]),
    remove: (gone) => save(sources.filter((known) => known.path !== gone)),
  };
}

function read(path: string): AddedSource[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return [];
  }
  try {
    const parsed = fileSchema.parse(JSON.parse(text));
    return parsed.sources.flatMap((entry) => added.safeParse(entry).data ?? []);
  } catch {
    return [];
  }
}
