import { type BigIntStats, type Dirent, lstatSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { notePath } from '../../contract/noteRef.ts';
import { maxNoteBytes } from '../files/readNote.ts';
import { checkFolders, fullPath, type Root } from '../files/safePath.ts';
import { unfinishedName } from '../files/writeAtomic.ts';
import type { Stamp } from '../index/fileRows.ts';

/** A file with the name of a note; `skipped` says why it is not read. */
export interface SeenNote {
  readonly path: string;
  readonly stamp: Stamp;
  readonly skipped: string | null;
}

/** What lies in one folder, as paths: it may be gone, or be there and not tell. */
export type SeenDir =
  | { readonly type: 'read'; readonly files: readonly string[]; readonly dirs: readonly string[] }
  | { readonly type: 'gone' }
  | { readonly type: 'unreadable'; readonly reason: string };

/** A file changed so shortly ago, in ms, may change again without its times telling: it is looked at once more. */
const unsettled = 2500;
/** Unfinished files of ours older than this, in ms, are left from a crash. */
const abandoned = 60_000;

/** Folders of other programs, and of Logseq's and Obsidian's own copies. */
const leftOut = (path: string) => /(^|\/)(\.[^/]*|node_modules|logseq\/(bak|\.recycle))$/.test(path);

/** Reads one folder without going deeper; `dir` is '' at the top. */
export function readDir(root: Root, dir: string, now: number): SeenDir {
  let entries: Dirent[];
  const folder = join(root.path, ...dir.split('/'));
  try {
    // A folder that became a link leads elsewhere.
    checkFolders(root, `${dir === '' ? '' : `${dir}/`}x`, false);
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const reason = unreadable[String((error as { code?: unknown }).code)];
    return reason === undefined ? { type: 'gone' } : { type: 'unreadable', reason };
  }
  const files: string[] = [];
  const dirs: string[] = [];
  for (const entry of entries) {
    const path = dir === '' ? entry.name : `${dir}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!leftOut(path)) dirs.push(path);
    } else if (unfinishedName.test(entry.name)) removeAbandoned(join(folder, entry.name), now);
    else if (/\.(md|markdown)$/i.test(entry.name) && !entry.name.startsWith('.')) files.push(path);
  }
  return { type: 'read', files, dirs };
}

const denied = 'your account may not read it';
const silent = 'the disk does not answer';
const unreadable: Readonly<Record<string, string>> = {
  EACCES: denied,
  EPERM: denied,
  EIO: silent,
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
  ETIMEDOUT: silent,
  ESTALE: silent,
};

/** Looks at a file without opening it; null if it is gone. */
export function lookAtNote(root: Root, path: string, now: number): SeenNote | null {
  let facts: BigIntStats | undefined;
  try {
    facts = lstatSync(fullPath(root, path), { bigint: true, throwIfNoEntry: false });
  } catch {
    return { path, stamp: nothing, skipped: 'Your account may not read it.' };
  }
  if (facts) return { path, stamp: stampOf(facts, now), skipped: reasonToSkip(path, facts) };
  // Names that are no Unicode come with \ufffd in place of their bytes, and cannot be asked for.
  return path.includes('\ufffd')
    ? { path, stamp: nothing, skipped: 'Its name is not text. Rename it.' }
    : null;
}

function reasonToSkip(path: string, facts: BigIntStats): string | null {
  if (facts.isSymbolicLink()) return 'A link. Only plain files inside the folder are read.';
  if (!facts.isFile()) return 'A pipe or a device, not a plain file.';
  if (facts.size > maxNoteBytes) return 'Larger than 5 MB.';
  if (!notePath.safeParse(path).success) return 'Its name is too long or holds a backslash. Rename it.';
  return null;
}

/** What the index keeps of what the disk says; `changed` stays empty where the file may change again unseen. */
export function stampOf(facts: BigIntStats, now: number): Stamp {
  const modified = Number(facts.mtimeMs);
  const settled = Math.abs(now - modified) > unsettled && Math.abs(now - Number(facts.ctimeMs)) > unsettled;
  return {
    place: `${facts.ino}:${facts.size}:${facts.mtimeNs}`,
    changed: settled ? String(facts.ctimeNs) : '',
    size: Number(facts.size),
    modified,
  };
}

const nothing: Stamp = { place: '', changed: '', size: 0, modified: 0 };

function removeAbandoned(path: string, now: number): void {
  try {
    const facts = lstatSync(path);
    if (facts.isFile() && now - facts.mtimeMs > abandoned) rmSync(path);
  } catch {
    // It is seen again with the next comparison.
  }
}
