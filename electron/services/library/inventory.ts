import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { LibrarySnapshot, Model } from '../../contract/library.ts';
import { type Found, findAdded, findInFolder } from './findFiles.ts';
import { groupParts, type ModelFiles } from './groupParts.ts';

type Source = LibrarySnapshot['sources'][number];

/** A place to look at. */
export interface Root extends Omit<Source, 'problem'> {
  readonly source: Model['source'];
  /** The hash of each part, as the app it comes from says. */
  readonly sha256: readonly string[] | null;
}

/** One model that lies somewhere, read or not. */
export interface Entry {
  readonly id: string;
  readonly files: ModelFiles;
  readonly root: Root;
}

/** What lies at the places. */
export interface Inventory {
  readonly entries: readonly Entry[];
  readonly sources: Source[];
  /** Folders to watch. */
  readonly folders: readonly string[];
}

/** Looks at all places; a model that lies in two of them is the first one's. */
export async function takeInventory(roots: readonly Root[]): Promise<Inventory> {
  const sources: Source[] = [];
  const entries = new Map<string, Entry>();
  const folders: string[] = [];
  for (const root of roots) {
    const found = root.kind === 'folder' ? await findInFolder(root.path) : await findAdded(root.path);
    const { source: _, sha256: __, ...shown } = root;
    sources.push({ ...shown, problem: found.problem });
    folders.push(...found.folders);
    for (const files of [...groupParts(found.files), ...oddOnes(found)]) {
      const { path } = files.first;
      if (!entries.has(path)) entries.set(path, { id: idOf(path, root.source), files, root });
    }
  }
  return { entries: [...entries.values()], sources, folders };
}

const oddOnes = ({ odd }: Found): ModelFiles[] =>
  odd.map(({ path, reason }) => {
    const first = { path, size: 0, modified: 0 };
    return { first, files: [first], parts: 1, size: 0, stamp: `${path}:${reason}`, problem: reason };
  });

function idOf(path: string, source: Model['source']): string {
  // The app may lie somewhere else at each start (an AppImage does); what came with it is known by its name.
  const identity = source === 'builtin' ? `builtin:${basename(path)}` : path;
  return createHash('sha256').update(identity).digest('hex').slice(0, 20);
}
