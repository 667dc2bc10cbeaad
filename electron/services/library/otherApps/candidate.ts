import { constants } from 'node:fs';
import { lstat, open, readdir, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OtherApp } from '../../../contract/library.ts';
import type { FoundFile } from '../findFiles.ts';
import { groupParts } from '../groupParts.ts';

/** A model that another app has. */
export interface Candidate {
  readonly app: OtherApp;
  /** As that app calls it. */
  readonly name: string;
  /** The same, where the file's own name says nothing. */
  readonly keptName: string | null;
  /** The file to load, and all parts with it. */
  readonly path: string;
  readonly files: readonly FoundFile[];
  readonly parts: number;
  readonly size: number;
  /** The hash of each part, as the app says. */
  readonly sha256: readonly string[] | null;
  readonly note: string | null;
  readonly problem: string | null;
}

/** What an app has, and the folders it was found in. */
export interface AppFinds {
  readonly places: readonly string[];
  readonly candidates: readonly Candidate[];
}

/** Entries of one folder that are looked at in all. */
const mostEntries = 20_000;
/** Files that are no models to chat with: image projectors, statistics, drafts; and unfinished downloads. */
const helper = /mmproj|imatrix|eagle3-|dflash-|dspark-|(^|\/)mtp-|^\.|^incomplete-/i;

/** True for the name of a file that may be a model. */
export const isModelName = (name: string) => /\.gguf$/i.test(name) && !helper.test(name);

/** Regular files below a folder; links are not followed, neither to files nor to folders. */
export async function listFiles(
  root: string,
  depth: number,
  accept: (name: string) => boolean,
): Promise<string[]> {
  const paths: string[] = [];
  let left = mostEntries;
  const visit = async (folder: string, deeper: number): Promise<void> => {
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (left-- <= 0) return;
      const path = join(folder, entry.name);
      if (entry.isFile() && accept(entry.name)) paths.push(path);
      else if (entry.isDirectory() && deeper > 0 && !entry.name.startsWith('.'))
        await visit(path, deeper - 1);
    }
  };
  await visit(root, depth);
  return paths.sort();
}

/** Size and age of a regular file; null for anything else. */
export async function lookAt(path: string): Promise<FoundFile | null> {
  const facts = await lstat(path).catch(() => null);
  return facts?.isFile() ? { path, size: facts.size, modified: facts.mtimeMs } : null;
}

/** True for a folder that is there itself, not by a link in its last step. */
export async function isFolder(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isDirectory() ?? false;
}

/** Makes models of files, the parts of a split one together; what is no GGUF file is told as such. */
export async function toCandidates(
  app: OtherApp,
  files: readonly FoundFile[],
  about: (
    files: readonly FoundFile[],
  ) => Partial<Pick<Candidate, 'name' | 'keptName' | 'sha256' | 'note'>> = () => ({}),
): Promise<Candidate[]> {
  return Promise.all(
    groupParts(files).map(async (group) => ({
      app,
      name: basename(group.first.path).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, ''),
      keptName: null,
      path: group.first.path,
      files: group.files,
      parts: Math.max(1, group.parts),
      size: group.size,
      sha256: null,
      note: null,
      problem: group.problem ?? (await problemOf(group.first.path)),
      ...about(group.files),
    })),
  );
}

/** Why a file cannot be a model for us; null if it begins like one. */
export async function problemOf(path: string): Promise<string | null> {
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  try {
    const file = await open(await realpath(path), flags);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
      return bytesRead === 4 && buffer.toString('latin1') === 'GGUF'
        ? null
        : 'This is not a whole GGUF file.';
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EACCES' || code === 'EPERM'
      ? 'Your account may not read this file. Change its permissions, then look again.'
      : 'This file cannot be read.';
  }
}
