import { randomBytes } from 'node:crypto';
import {
  closeSync,
  type Dirent,
  fsyncSync,
  openSync,
  readdirSync,
  rmSync,
  type Stats,
  statfsSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';

/** One kept state by its name: whose it is, and the beginning of the key it was made under. */
export interface KeptFile {
  readonly path: string;
  readonly chat: string;
  readonly key: string;
  readonly size: number;
  /** When it was last written or used, ms. */
  readonly usedAt: number;
}

const statePattern = /^([A-Za-z0-9_-]{1,64})\.([0-9a-f]{16})\.state$/;
/** What a kill in the middle of writing or reading leaves. The chat's name leads, so that its removal finds it. */
const passingPattern = /^([A-Za-z0-9_-]{1,64})\.[0-9a-f]{16}\.state\.(writing|reading)-[0-9a-f]{8}$/;
/** After so many ms nobody is at work on such a file any more. */
const abandonedAfter = 10 * 60_000;

/** The name of a chat's state under a key. */
export const stateName = (chat: string, key: Buffer): string =>
  `${chat}.${key.toString('hex').slice(0, 16)}.state`;

/** A name beside a state's own for a moment of work on it. */
export const passingName = (path: string, work: 'writing' | 'reading'): string =>
  `${path}.${work}-${randomBytes(4).toString('hex')}`;

/** All kept states of a folder, the least recently used first; what cannot be looked at is left out. */
export function listStates(folder: string): KeptFile[] {
  return entries(folder)
    .flatMap((name) => {
      const [, chat, key] = statePattern.exec(name) ?? [];
      const path = join(folder, name);
      const facts = chat && key ? look(path) : undefined;
      return chat && key && facts?.isFile()
        ? [{ path, chat, key, size: facts.size, usedAt: facts.mtimeMs }]
        : [];
    })
    .sort((a, b) => a.usedAt - b.usedAt);
}

/**
 * Removes the least recently used states until `needed` more bytes fit the budget, and what a kill left behind. Returns
 * how many bytes are used then. `spared` is not removed.
 */
export function makeRoom(folder: string, budget: number, needed = 0, spared?: string): number {
  removeAbandoned(folder);
  const kept = listStates(folder);
  let used = kept.reduce((sum, { size }) => sum + size, 0);
  for (const { path, size } of kept) {
    if (used + needed <= budget) break;
    if (path === spared || !removeState(path)) continue;
    used -= size;
  }
  return used;
}

/** Removes every trace of the chats that `which` names, unfinished work on them included. */
export function removeStates(folder: string, which: (chat: string) => boolean): void {
  for (const name of entries(folder)) {
    const chat = (statePattern.exec(name) ?? passingPattern.exec(name))?.[1];
    if (chat !== undefined && which(chat)) removeState(join(folder, name));
  }
}

/** Makes new names in a folder survive a power cut. Windows does this by itself and cannot be asked. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const file = openSync(folder, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Bytes that are free on the disk of a folder, for this account. */
export function freeBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Removes what a kill in the middle of work left, if that is so many ms ago. */
export function removeAbandoned(folder: string, age = abandonedAfter): void {
  for (const name of entries(folder)) {
    if (!passingPattern.test(name)) continue;
    const path = join(folder, name);
    const facts = look(path);
    if (facts && Date.now() - facts.mtimeMs >= age) removeState(path);
  }
}

/** Names of the files in it; none where there is no folder. */
function entries(folder: string): string[] {
  let found: Dirent[];
  try {
    found = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return found.filter((entry) => entry.isFile()).map(({ name }) => name);
}

function look(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** Removes a file of ours. False where the system does not let us; such a file counts on, and is tried again next time. */
export function removeState(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
