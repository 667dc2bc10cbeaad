import type { Root } from '../files/safePath.ts';
import type { Db } from '../index/db.ts';
import { type FileRow, fileAt } from '../index/fileRows.ts';
import { removeFile } from '../index/noteRows.ts';
import { leaveToScrub } from '../index/scrub.ts';
import { lookAtNote, type SeenNote } from './readDir.ts';
import { type DirWatch, watchDirs } from './watchDirs.ts';

/** What waits to be done in one folder. */
export interface Followed {
  readonly given: { readonly id: string; readonly path: string };
  readonly root: Root | null;
  readonly watch: DirWatch | null;
  /** Not every change is told: it has to be compared more often. */
  readonly unwatched: boolean;
  readonly closed: boolean;
  /** All of it has to be compared. */
  full: boolean;
  /** Folders inside it with changes of a burst that is not over, and those that have to be compared. */
  readonly changedDirs: Set<string>;
  readonly dirty: Set<string>;
  /** Files that have to be read, by path. */
  readonly toRead: Map<string, SeenNote>;
  open(root: Root, onChange: (dir: string) => void): void;
  /** Takes the next file to be read: those changed last come first. */
  nextToRead(): SeenNote | undefined;
  addToRead(notes: readonly SeenNote[]): void;
  /** Keeps rows whose files are gone until the files to be read are: one of them may be the same note elsewhere. */
  addGone(rows: readonly FileRow[]): void;
  /** A row whose file is gone and held these bytes. */
  takeGone(hash: string): FileRow | undefined;
  /** Removes the rows that none of the files to be read can be; true if there were any. */
  dropGone(db: Db): boolean;
  close(): void;
}

/** Begins to follow a folder; everything in it has to be compared. */
export function createFollowed(given: { readonly id: string; readonly path: string }): Followed {
  let root: Root | null = null;
  let watch: DirWatch | null = null;
  let unwatched = false;
  let closed = false;
  const toRead = new Map<string, SeenNote>();
  const gone = new Map<number, FileRow>();
  const goneByHash = new Map<string, number[]>();
  const isGone = (row: FileRow) => root !== null && lookAtNote(root, row.path, 0) === null;

  return {
    given,
    get root() {
      return root;
    },
    get watch() {
      return watch;
    },
    get unwatched() {
      return root === null || unwatched;
    },
    get closed() {
      return closed;
    },
    full: true,
    changedDirs: new Set(),
    dirty: new Set(),
    toRead,
    open(opened, onChange) {
      root = opened;
      unwatched = false;
      watch = watchDirs(opened, onChange, () => {
        unwatched = true;
      });
    },
    nextToRead() {
      const [next] = toRead.entries();
      if (!next) return undefined;
      toRead.delete(next[0]);
      return next[1];
    },
    addToRead(notes) {
      const all = [...toRead.values(), ...notes].sort((a, b) => b.stamp.modified - a.stamp.modified);
      toRead.clear();
      for (const note of all) toRead.set(note.path, note);
    },
    addGone(rows) {
      for (const row of rows) {
        if (gone.has(row.id)) continue;
        gone.set(row.id, row);
        const ids = goneByHash.get(row.hash ?? '');
        if (ids) ids.push(row.id);
        else goneByHash.set(row.hash ?? '', [row.id]);
      }
    },
    takeGone(hash) {
      const ids = goneByHash.get(hash) ?? [];
      for (let id = ids.pop(); id !== undefined; id = ids.pop()) {
        const row = gone.get(id);
        gone.delete(id);
        if (row && isGone(row)) return row;
      }
      return undefined;
    },
    dropGone(db) {
      const awaited = new Set([...toRead.values()].map(({ stamp }) => stamp.size));
      const rows = [...gone.values()].filter((row) => row.hash === null || !awaited.has(sizeOf(row)));
      if (rows.length === 0) return false;
      db.transaction(() => {
        for (const row of rows) {
          gone.delete(row.id);
          const now = fileAt(db, { folderId: given.id, path: row.path });
          if (now?.id !== row.id || !isGone(row)) continue;
          removeFile(db, row.id);
          leaveToScrub(db, 'removed');
        }
      });
      if (gone.size === 0) goneByHash.clear();
      return true;
    },
    close() {
      closed = true;
      watch?.close();
    },
  };
}

/** The size of a file when it was read. */
const sizeOf = ({ place }: FileRow) => Number(place.split(':')[1]);
