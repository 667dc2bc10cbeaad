import type { Root } from '../files/safePath.ts';
import type { Db } from '../index/db.ts';
import { dirsOf, type FileRow, filesIn } from '../index/fileRows.ts';
import type { Pace } from './pace.ts';
import { lookAtNote, readDir, type SeenNote } from './readDir.ts';

/** How a folder differs from what the index knows of it. */
export interface Differences {
  readonly added: readonly SeenNote[];
  /** Rows whose file may hold other bytes by now. */
  readonly changed: readonly { readonly row: FileRow; readonly seen: SeenNote }[];
  readonly gone: readonly FileRow[];
  /** Why some of it, or nothing, could be read; what the index knows of that stays. */
  readonly problem: string | null;
}

/** Deeper folders are left out; nobody files notes there, but a loop of mounts may. */
const deepest = 40;

/**
 * Compares some folders inside a root with the index; new ones that they hold are entered. `onDir` is told of each
 * before it is read, so that whoever watches it misses nothing.
 */
export async function compareDirs(options: {
  readonly db: () => Db;
  readonly root: Root;
  readonly dirs: readonly string[];
  /** Folders that are watched already: changes inside them are told, so they are not entered from above. */
  readonly known: (dir: string) => boolean;
  readonly onDir: (dir: string) => void;
  readonly pace: Pace;
  readonly now: () => number;
}): Promise<Differences> {
  const { db, root, known, onDir, pace, now } = options;
  const added: SeenNote[] = [];
  const changed: { row: FileRow; seen: SeenNote }[] = [];
  const gone: FileRow[] = [];
  const unreadable: string[] = [];
  /** What each folder that was read holds; null for one that is gone. */
  const held = new Map<string, ReadonlySet<string> | null>();
  const waiting = [...options.dirs];

  for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
    await pace.breathe();
    if (held.has(dir)) continue;
    onDir(dir);
    const seen = readDir(root, dir, now());
    if (seen.type === 'unreadable' || (seen.type === 'gone' && dir === '')) {
      unreadable.push(dir === '' ? tellRoot(root, seen) : `“${dir}” was left out: ${tell(seen)}.`);
      continue;
    }
    held.set(dir, seen.type === 'read' ? new Set(seen.dirs) : null);
    if (seen.type === 'gone') continue;
    for (const below of seen.dirs)
      if (below.split('/').length <= deepest && !known(below)) waiting.push(below);
    const rows = new Map(filesIn(db(), root.id, dir).map((row) => [row.path, row]));
    for (const path of seen.files) {
      if (pace.due) await pace.breathe();
      const note = lookAtNote(root, path, now());
      if (!note) continue;
      const row = rows.get(path);
      rows.delete(path);
      if (!row) added.push(note);
      else if (!isSame(row, note)) changed.push({ row, seen: note });
    }
    gone.push(...rows.values());
  }
  for (const dir of dirsOf(db(), root.id)) if (isGone(dir, held)) gone.push(...filesIn(db(), root.id, dir));
  const [first, ...others] = unreadable;
  const problem =
    first && others.length > 0 ? `${first} The same with ${others.length} more.` : (first ?? null);
  return { added, changed, gone, problem };
}

function isSame(row: FileRow, { stamp, skipped }: SeenNote): boolean {
  const read = row.hash !== null || row.skipped !== null;
  if (skipped !== null) return row.skipped === skipped && row.place === stamp.place;
  return read && row.place === stamp.place && row.changed === stamp.changed && stamp.changed !== '';
}

/** True if a folder, or one on the way to it, is not where it was. */
function isGone(dir: string, held: ReadonlyMap<string, ReadonlySet<string> | null>): boolean {
  if (dir === '') return false;
  const parts = dir.split('/');
  for (let depth = 0; depth <= parts.length; depth++) {
    const here = held.get(parts.slice(0, depth).join('/'));
    if (here === null) return true;
    if (here && depth < parts.length && !here.has(parts.slice(0, depth + 1).join('/'))) return true;
  }
  return false;
}

const tell = (seen: { type: string; reason?: string }) => seen.reason ?? 'it is gone';

function tellRoot(root: Root, seen: { type: string; reason?: string }): string {
  return seen.type === 'gone'
    ? `${root.path} is not there any more. What was read of it before can still be found. If it lies on a disk that was removed, connect it again.`
    : `${root.path} cannot be read: ${tell(seen)}. What was read of it before can still be found.`;
}
