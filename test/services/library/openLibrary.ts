import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { LibrarySnapshot, Model } from '../../../electron/contract/library.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createLibrary, type LibraryOptions } from '../../../electron/services/library/createLibrary.ts';
import type { AppWorld } from '../../../electron/services/library/otherApps/places.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

export const never = { signal: new AbortController().signal };

/** A home folder with a models folder in its data folder; all of it goes with the test. */
export function makeHome() {
  const home = makeDir();
  const dataDir = join(home, 'data');
  const modelsDir = join(dataDir, 'models');
  mkdirSync(modelsDir, { recursive: true });
  const children = createChildProcesses();
  onTestFinished(async () => {
    await children.killAll();
    removeDir(home);
  });
  const open = (more: Partial<LibraryOptions> = {}) => {
    const library = createLibrary({
      dataDir,
      modelsDir,
      builtinDir: null,
      spawn: children.spawn,
      scanEntry: join(import.meta.dirname, '../../../electron/engine/scan/main.ts'),
      world: worldOf(home),
      ...more,
    });
    onTestFinished(() => library.close());
    return library;
  };
  return { home, dataDir, modelsDir, open };
}

/** An account whose home this folder is. */
export const worldOf = (home: string, more: Partial<AppWorld> = {}): AppWorld => ({
  platform: 'linux',
  home,
  env: {},
  shared: join(home, 'shared'),
  ...more,
});

/** Writes a small real model; the seed makes its bytes. */
export async function putModel(path: string, seed: number, name = `Model ${seed}`): Promise<string> {
  mkdirSync(join(path, '..'), { recursive: true });
  await writeRandomModel(path, { name, seed });
  return path;
}

/** The model of a snapshot with this file name; throws if there is none. */
export function named({ models }: LibrarySnapshot, fileName: string): Model {
  const model = models.find((each) => each.fileName === fileName);
  if (!model) throw new Error(`there is no ${fileName} among ${models.map((each) => each.fileName).join()}`);
  return model;
}
