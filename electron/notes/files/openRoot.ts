import { realpathSync, statSync } from 'node:fs';
import type { Root } from './safePath.ts';

/** A folder that can be read, or why it cannot be now, in words. */
export type OpenedRoot =
  | { readonly root: Root; readonly problem: null }
  | { readonly root: null; readonly problem: string };

/** Finds where a chosen folder really lies; it may itself be a link, nothing inside it may. */
export function openRoot({ id, path }: { readonly id: string; readonly path: string }): OpenedRoot {
  try {
    const real = realpathSync.native(path);
    if (statSync(real).isDirectory()) return { root: { id, path: real }, problem: null };
    return { root: null, problem: `${path} is no folder any more.` };
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === 'ENOENT' || code === 'ENOTDIR')
      return {
        root: null,
        problem: `${path} is not there any more. What was read of it before can still be found. If it lies on a disk that was removed, connect it again.`,
      };
    if (code === 'ELOOP') return { root: null, problem: `${path} is a link that goes round in a circle.` };
    return {
      root: null,
      problem: `${path} may not be read by your account. What was read of it before can still be found.`,
    };
  }
}
