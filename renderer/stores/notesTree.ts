import type { NoteEntry, NoteFolder } from '../../electron/contract/notes.ts';

/** A folder of the tree with all that lies in it. */
export interface TreeFolder {
  readonly key: string;
  readonly folderId: string;
  /** Its path inside the folder that the person chose; empty for that folder itself. */
  readonly prefix: string;
  readonly name: string;
  /** Why it cannot be read now. */
  readonly problem: string | null;
  readonly folders: readonly TreeFolder[];
  readonly notes: readonly NoteEntry[];
  /** Notes in it at any depth. */
  readonly count: number;
}

/** One line of the tree as it is shown; `depth` counts from 0, `place` of `siblings` from 1. */
export type TreeRow = {
  readonly key: string;
  readonly depth: number;
  readonly place: number;
  readonly siblings: number;
} & (
  | { readonly kind: 'folder'; readonly folder: TreeFolder; readonly open: boolean }
  | { readonly kind: 'note'; readonly note: NoteEntry }
);

interface Growing {
  readonly folders: Map<string, Growing>;
  readonly notes: NoteEntry[];
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** The one name of a note or of a folder of the tree in this window. */
export const keyOf = ({ folderId, path }: { readonly folderId: string; readonly path: string }): string =>
  `${folderId}/${path}`;

/** Puts notes into the folders that they lie in, sorted as people read: 2 before 10. */
export function buildTree(
  folders: readonly NoteFolder[],
  notes: readonly NoteEntry[],
): readonly TreeFolder[] {
  const roots = new Map<string, Growing>(
    folders.map(({ id }) => [id, { folders: new Map<string, Growing>(), notes: [] }]),
  );
  for (const note of notes) {
    const root = roots.get(note.folderId);
    if (!root) continue;
    note.path.split('/').slice(0, -1).reduce(inside, root).notes.push(note);
  }
  return folders.map(({ id, name, problem }) => {
    const root = roots.get(id) ?? { folders: new Map(), notes: [] };
    return { ...finish(root, id, '', name), problem };
  });
}

function inside(place: Growing, name: string): Growing {
  const known = place.folders.get(name);
  if (known) return known;
  const made: Growing = { folders: new Map(), notes: [] };
  place.folders.set(name, made);
  return made;
}

function finish(growing: Growing, folderId: string, prefix: string, name: string): TreeFolder {
  const folders = [...growing.folders]
    .sort(([a], [b]) => byName.compare(a, b))
    .map(([part, inner]) => finish(inner, folderId, prefix ? `${prefix}/${part}` : part, part));
  const names = new Map(growing.notes.map((note) => [note, baseName(note.path)]));
  return {
    key: keyOf({ folderId, path: prefix }),
    folderId,
    prefix,
    name,
    problem: null,
    folders,
    notes: growing.notes.sort((a, b) => byName.compare(names.get(a) ?? '', names.get(b) ?? '')),
    count: growing.notes.length + folders.reduce((sum, folder) => sum + folder.count, 0),
  };
}

/** The lines to show, given the keys of the folders that are open. */
export function treeRows(roots: readonly TreeFolder[], open: ReadonlySet<string>): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (folder: TreeFolder, depth: number, place: number, siblings: number) => {
    const isOpen = open.has(folder.key);
    rows.push({ kind: 'folder', key: folder.key, depth, place, siblings, folder, open: isOpen });
    if (!isOpen) return;
    const inside = folder.folders.length + folder.notes.length;
    folder.folders.forEach((inner, index) => {
      add(inner, depth + 1, index + 1, inside);
    });
    folder.notes.forEach((note, index) => {
      const at = folder.folders.length + index + 1;
      rows.push({ kind: 'note', key: keyOf(note), depth: depth + 1, place: at, siblings: inside, note });
    });
  };
  roots.forEach((root, index) => {
    add(root, 0, index + 1, roots.length);
  });
  return rows;
}

/** The keys of the folders that a note lies in, outermost first. */
export function foldersAbove({ folderId, path }: { readonly folderId: string; readonly path: string }) {
  const parts = path.split('/').slice(0, -1);
  return ['', ...parts.map((_, index) => parts.slice(0, index + 1).join('/'))].map((prefix) =>
    keyOf({ folderId, path: prefix }),
  );
}

/** The file's name of a path: `Cabin/Power.md` -> `Power.md`. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The name without the ending that all notes share: `Cabin/Power.md` -> `Power`. */
export const baseName = (path: string): string => fileName(path).replace(/\.md$/i, '');

/** Where a path lies: `Cabin/Power.md` -> `Cabin`; empty at the top. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
