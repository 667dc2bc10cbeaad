import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createChildProcesses } from '../../electron/hosts/browser/childProcess.ts';
import type { Port } from '../../electron/rpc/port.ts';
import type { SpawnChild } from '../../electron/services/children.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { scriptedEntries, startServices } from './startServices.ts';

/** A signal for calls that are never cancelled here. */
export const uncancelled = { signal: new AbortController().signal };

/**
 * The whole application with a scripted engine (or another one, whose frames are told), one model and one chat; closed at
 * the end of the test.
 */
export async function openServices({
  engine = scriptedEntries.engine,
  model = null,
  onEngineFrame = () => {},
}: {
  readonly engine?: string;
  /** A model file; one with random weights if there is none. */
  readonly model?: string | null;
  readonly onEngineFrame?: (frame: unknown) => void;
} = {}) {
  const children = createChildProcesses();
  const spawn: SpawnChild = (entry) => {
    const child = children.spawn(entry);
    if (entry !== engine) return child;
    const onFrame: Port['onFrame'] = (receive) =>
      child.port.onFrame((frame) => {
        onEngineFrame(frame);
        receive(frame);
      });
    return { ...child, port: { ...child.port, onFrame } };
  };
  const dir = makeDir();
  mkdirSync(join(dir, 'builtin'));
  if (model === null) await writeRandomModel(join(dir, 'builtin/plain.gguf'));
  else copyFileSync(model, join(dir, 'builtin', basename(model)));
  const { service, close } = startServices(dir, spawn, { entries: { ...scriptedEntries, engine } });
  onTestFinished(async () => {
    await close();
    children.killAll();
    removeDir(dir);
  });
  const { models } = await service.library.rescan(null, uncancelled);
  const { id: conversationId } = await service.conversations.create({}, uncancelled);
  return { service, modelId: models[0]?.id ?? 'none', conversationId };
}
