import type { Stores } from '../app/stores.tsx';
import { tellAdded } from './tellAdded.ts';

/** Adds files and folders where they lie and tells what came of it; each that cannot be added says why. */
export async function addPaths(stores: Stores, paths: readonly string[]): Promise<void> {
  const { library, fail } = stores;
  const before = library.getState().library?.models ?? [];
  let added = 0;
  for (const path of paths) {
    try {
      await library.getState().add(path);
      added++;
    } catch (error) {
      fail(error);
    }
  }
  if (added > 0) tellAdded(stores, before);
}
