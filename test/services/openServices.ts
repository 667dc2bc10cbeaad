import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createChildProcesses } from '../../electron/hosts/browser/childProcess.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { startServices } from './startServices.ts';

/** A signal for calls that are never cancelled here. */
export const uncancelled = { signal: new AbortController().signal };

/** The whole application with a scripted engine, one model and one chat; closed at the end of the test. */
export async function openServices() {
  const children = createChildProcesses();
  const dir = makeDir();
  mkdirSync(join(dir, 'builtin'));
  await writeRandomModel(join(dir, 'builtin/plain.gguf'));
  const { service, close } = startServices(dir, children.spawn);
  onTestFinished(async () => {
    await close();
    children.killAll();
    removeDir(dir);
  });
  const { models } = await service.library.rescan(null, uncancelled);
  const { id: conversationId } = await service.conversations.create({}, uncancelled);
  return { service, modelId: models[0]?.id ?? 'none', conversationId };
}
