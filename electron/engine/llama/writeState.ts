import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { LlamaContextSequence } from 'node-llama-cpp';
import type { KeepState } from '../contract.ts';
import { openStateFile, sealState } from '../states/stateFile.ts';
import {
  freeBytes,
  makeRoom,
  passingName,
  removeState,
  stateName,
  syncFolder,
} from '../states/stateFolder.ts';

/**
 * Writes what a sequence holds as the state of a chat, in one step: after a crash the old or the new one is there, whole.
 * Returns null, or why it was not done; the file of before is then as it was. Throws only the signal's reason.
 */
export async function writeState(
  sequence: LlamaContextSequence,
  { chat, folder, budget, spare }: KeepState,
  key: Buffer,
  tokens: Uint32Array,
  signal: AbortSignal,
): Promise<string | null> {
  const path = join(folder, stateName(chat, key));
  const passing = passingName(path, 'writing');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const estimate = sequence.context.stateSize;
    if (estimate > budget) return 'it is larger than all that may be kept';
    // The one it replaces goes only when the new one is there.
    makeRoom(folder, budget, estimate, path);
    if (freeBytes(folder) < estimate + spare) return 'the disk is too full';
    signal.throwIfAborted();
    // Made by us first, so that nobody else may read it.
    await (await open(passing, 'wx', 0o600)).close();
    const { fileSize } = await sequence.saveStateToFile(passing);
    const handle = await openStateFile(passing, true);
    try {
      await sealState(handle, { key, tokens, size: fileSize }, signal);
    } finally {
      await handle.close();
    }
    signal.throwIfAborted();
    await rename(passing, path);
    syncFolder(folder);
    makeRoom(folder, budget);
    return null;
  } catch (error) {
    removeState(passing);
    signal.throwIfAborted();
    return (error as Error).message;
  }
}
