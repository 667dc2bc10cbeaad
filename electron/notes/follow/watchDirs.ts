import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { join } from 'node:path';
import type { Root } from '../files/safePath.ts';

/** Follows the folders of one root; it opens no file, and follows no link. */
export interface DirWatch {
  /** Follows one more folder. */
  add(dir: string): void;
  /** True if the folder that is there now is followed, not an earlier one of its name. */
  has(dir: string): boolean;
  close(): void;
}

/**
 * Tells `onChange` in which folder something changed. `onFail` is told once why not every change is noticed (the
 * system follows only so many folders); comparing from time to time finds the rest.
 *
 * Linux follows one folder at a time, and reports changes of the files in it; elsewhere the system follows the tree.
 */
export function watchDirs(
  root: Root,
  onChange: (dir: string) => void,
  onFail: (reason: string) => void,
): DirWatch {
  const wholeTree = process.platform === 'darwin' || process.platform === 'win32';
  const watchers = new Map<string, FSWatcher>();
  /** Which folder it was, by its number on the disk. */
  const seen = new Map<string, bigint>();
  let failed = false;
  const fail = (error: unknown) => {
    if (!failed) onFail(String((error as { code?: unknown }).code ?? error));
    failed = true;
  };

  const open = (dir: string) => {
    try {
      const watcher = watch(
        join(root.path, ...dir.split('/')),
        { recursive: wholeTree, persistent: false },
        (_, name) => {
          if (name === null) return onChange(dir);
          const parts = name.split(/[\\/]/);
          if (parts.some((part) => part.startsWith('.'))) return;
          onChange(wholeTree ? parts.slice(0, -1).join('/') : dir);
        },
      );
      watcher.on('error', (error) => {
        // A folder that was removed tells so on some systems; its parent is told as well.
        watcher.close();
        watchers.delete(dir);
        seen.delete(dir);
        if ((error as { code?: unknown }).code !== 'EPERM') fail(error);
        onChange(dir);
      });
      watchers.set(dir, watcher);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code !== 'ENOENT' && code !== 'EACCES' && code !== 'EPERM' && code !== 'ENOTDIR') fail(error);
    }
  };

  const numberOf = (dir: string) => {
    const facts = lstatSync(join(root.path, ...dir.split('/')), { bigint: true, throwIfNoEntry: false });
    return facts?.ino;
  };
  const has = (dir: string) => seen.has(dir) && seen.get(dir) === numberOf(dir);

  return {
    has,
    add(dir) {
      if (has(dir) && (wholeTree || watchers.has(dir))) return;
      watchers.get(dir)?.close();
      watchers.delete(dir);
      const number = numberOf(dir);
      if (number === undefined) seen.delete(dir);
      else {
        if (!wholeTree || dir === '') open(dir);
        seen.set(dir, number);
      }
    },
    close() {
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}
