import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createChildProcesses } from '../../electron/hosts/browser/childProcess.ts';
import type { Services } from '../../electron/services/createServices.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { startServices } from './startServices.ts';

/** The whole app without a window, over a scripted engine and model files of these names; closed when the test ends. */
export async function openScripted(models: readonly string[]): Promise<{
  services: Services;
  /** Closes it and opens it on the same data, as the next start of the app would. */
  restart(): Promise<Services>;
  modelId(fileName: string): string;
}> {
  const children = createChildProcesses();
  const dir = makeDir();
  const builtin = join(dir, 'builtin');
  mkdirSync(builtin);
  const [first = 'one.gguf', ...others] = models;
  await writeRandomModel(join(builtin, first));
  for (const other of others) copyFileSync(join(builtin, first), join(builtin, other));
  const start = () => startServices(dir, children.spawn);
  let services = start();
  onTestFinished(async () => {
    await services.close();
    children.killAll();
    removeDir(dir);
  });
  const { models: found } = await services.service.library.rescan(null, never);
  return {
    services,
    async restart() {
      await services.close();
      services = start();
      await services.service.library.rescan(null, never);
      return services;
    },
    modelId: (fileName) => found.find((model) => model.fileName === fileName)?.id ?? 'none',
  };
}

/** For calls that nobody cancels. */
export const never = { signal: new AbortController().signal };
