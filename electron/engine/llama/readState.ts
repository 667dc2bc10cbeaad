import { rename, utimes } from 'node:fs/promises';
import type { LlamaContextSequence } from 'node-llama-cpp';
import { checkState, openStateFile, readSeal } from '../states/stateFile.ts';
import { passingName, removeState } from '../states/stateFolder.ts';
import { common } from './common.ts';
import type { Kept } from './keeper.ts';
import type { KeptState } from './keptStates.ts';

/**
 * Puts a kept state into the context after every byte of it was checked. Returns null, or why it was not done: the file
 * is gone then, and the context empty or as it was. Throws only the signal's reason, before anything was changed.
 */
export async function readState(kept: Kept, state: KeptState, signal: AbortSignal): Promise<string | null> {
  const { path } = state.file;
  try {
    await check(state, signal);
  } catch (error) {
    signal.throwIfAborted();
    removeState(path);
    return (error as Error).message;
  }
  // Should llama.cpp fall over it after all, the next process does not find it under its name.
  const passing = passingName(path, 'reading');
  try {
    await rename(path, passing);
    await kept.sequence.clearHistory();
    await kept.sequence.loadStateFromFile(passing, { acceptRisk: true });
    const { contextTokens } = kept.sequence;
    if (
      contextTokens.length !== state.tokens.length ||
      common(contextTokens, state.tokens) !== contextTokens.length
    )
      throw new Error('llama.cpp read other tokens from it');
    await prove(kept.sequence);
    const now = new Date();
    await utimes(passing, now, now);
    await rename(passing, path);
    return null;
  } catch (error) {
    removeState(passing);
    await kept.rebuild();
    return (error as Error).message;
  }
}

/** Computes the last token again: what cannot be computed with must fail while its file has no name yet. */
async function prove(sequence: LlamaContextSequence): Promise<void> {
  // Such a one cannot go a token back.
  if (sequence.needsCheckpoints) return;
  const end = sequence.nextTokenIndex;
  const last = sequence.contextTokens.slice(-1);
  await sequence.eraseContextTokenRanges([{ start: end - 1, end }]);
  await sequence.evaluateWithoutGeneratingNewTokens(last);
  if (sequence.nextTokenIndex !== end) throw new Error('its last token cannot be computed again');
}

async function check({ file, seal }: KeptState, signal: AbortSignal): Promise<void> {
  const handle = await openStateFile(file.path);
  try {
    const now = await readSeal(handle);
    if (!now.digest.equals(seal.digest)) throw new Error('it was replaced meanwhile');
    await checkState(handle, now, signal);
  } finally {
    await handle.close();
  }
}
