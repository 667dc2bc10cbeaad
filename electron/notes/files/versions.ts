import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { NoteRef } from '../../contract/noteRef.ts';
import { sha256 } from './readNote.ts';

/** Earlier versions of one note; a new one is kept after this many ms at the earliest, so that autosaves do not flood. */
const spacing = 2 * 60_000;
const mostPerNote = 100;
/** Versions that were given out lately, as the base of a later merge. */
const mostBases = 4;
/** Bytes of all versions together; beyond that the oldest go. */
const budget = 256 * 1024 * 1024;
/** Writes between two looks at the budget. */
const lookEvery = 200;

/** One earlier version; `size` in bytes. */
export interface EarlierVersion {
  readonly id: string;
  readonly at: number;
  readonly size: number;
}

/** What notes held before, kept outside of their folders and readable by their owner only. */
export interface Versions {
  /** Keeps bytes that were given out, so that a later change of them can be merged. */
  keepBase(note: NoteRef, hash: string, bytes: Buffer): void;
  /** The bytes of a version that was given out; null if they are not kept any more. */
  base(note: NoteRef, hash: string): Buffer | null;
  /** Keeps a version that is about to be replaced; `always` also shortly after another one. */
  keep(note: NoteRef, hash: string, bytes: Buffer, always?: boolean): void;
  /** Newest first. */
  list(note: NoteRef): EarlierVersion[];
  /** The bytes of an earlier version; null if there is none of this id, or it is damaged. */
  earlier(note: NoteRef, id: string): Buffer | null;
  /** Lets the versions follow a note to its new path. */
  move(note: NoteRef, to: string): void;
  /** Erases the versions of a note, or of a whole folder. */
  forget(note: { readonly folderId: string; readonly path: string | null }): void;
}

/** Opens the versions in `note-history` of a data folder. Failing to keep one is told to `onProblem` and stops nothing. */
export function createVersions(
  dataDir: string,
  options: { readonly now?: () => number; readonly onProblem?: (error: unknown) => void } = {},
): Versions {
  const { now = Date.now, onProblem = () => {} } = options;
  const top = join(dataDir, 'note-history');
  let writes = 0;

  const folderOf = ({ folderId, path }: NoteRef) => join(top, folderId, sha256(path).slice(0, 32));
  const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

  const write = (note: NoteRef, name: string, bytes: Buffer) => {
    const folder = folderOf(note);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const temporary = join(folder, `.${name}.tmp`);
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, join(folder, name));
    if (writes++ % lookEvery === 0) prune(top);
  };
  const remove = (folder: string, names: readonly string[]) => {
    for (const name of names) rmSync(join(folder, name), { force: true });
  };
  const guard = (work: () => void) => {
    try {
      work();
    } catch (error) {
      onProblem(error);
    }
  };

  const list = (note: NoteRef): EarlierVersion[] => {
    const folder = folderOf(note);
    return namesIn(folder)
      .map((name) => ({ name, match: /^v-((\d{13})-[0-9a-f]{16})$/.exec(name) }))
      .flatMap(({ name, match }) =>
        match
          ? [{ id: match[1] as string, at: Number(match[2]), size: statSync(join(folder, name)).size }]
          : [],
      )
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  };

  return {
    keepBase: (note, hash, bytes) =>
      guard(() => {
        const folder = folderOf(note);
        const path = join(folder, `b-${hash}`);
        // The time of a base says when it was given out last.
        if (existsSync(path)) return utimesSync(path, now() / 1000, now() / 1000);
        write(note, `b-${hash}`, bytes);
        const bases = namesIn(folder)
          .filter((name) => name.startsWith('b-'))
          .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
          .sort((a, b) => b.at - a.at);
        remove(
          folder,
          bases.slice(mostBases).map(({ name }) => name),
        );
      }),
    base: (note, hash) => readWhole(join(folderOf(note), `b-${hash}`), hash),
    keep: (note, hash, bytes, always = false) =>
      guard(() => {
        const newest = list(note)[0];
        if (newest?.id.endsWith(hash.slice(0, 16))) return;
        if (newest && !always && now() - newest.at < spacing) return;
        // Two in the same millisecond would stand in the order of their hashes.
        const at = Math.max(now(), (newest?.at ?? 0) + 1);
        write(note, `v-${String(at).padStart(13, '0')}-${hash.slice(0, 16)}`, bytes);
        const old = list(note).slice(mostPerNote);
        remove(
          folderOf(note),
          old.map(({ id }) => `v-${id}`),
        );
      }),
    list,
    earlier: (note, id) => readWhole(join(folderOf(note), `v-${id}`), id.split('-')[1] ?? ''),
    move: (note, to) =>
      guard(() => {
        const from = folderOf(note);
        const target = folderOf({ ...note, path: to });
        if (!existsSync(from) || from === target) return;
        // A note that lay there before was removed or moved: its versions stay beside the new ones.
        if (!existsSync(target)) return renameSync(from, target);
        for (const name of namesIn(from)) renameSync(join(from, name), join(target, name));
        rmSync(from, { recursive: true, force: true });
      }),
    forget: ({ folderId, path }) =>
      rmSync(path === null ? join(top, folderId) : folderOf({ folderId, path }), {
        recursive: true,
        force: true,
      }),
  };
}

function readWhole(path: string, hash: string): Buffer | null {
  try {
    const bytes = readFileSync(path);
    return hash.length >= 16 && sha256(bytes).startsWith(hash) ? bytes : null;
  } catch {
    return null;
  }
}

/** Removes the oldest files until the rest is within the budget. */
function prune(top: string): void {
  const files = readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, ...pick(statSync(path)) }))
    .sort((a, b) => b.at - a.at);
  let total = 0;
  for (const { path, size } of files) {
    total += size;
    if (total > budget) rmSync(path, { force: true });
  }
}

const pick = ({ mtimeMs, size }: { mtimeMs: number; size: number }) => ({ at: mtimeMs, size });
