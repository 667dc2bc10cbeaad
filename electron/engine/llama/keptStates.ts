import { stat } from 'node:fs/promises';
import { BadState, openStateFile, readSeal, readTokens, type Seal } from '../states/stateFile.ts';
import { type KeptFile, listStates, removeState } from '../states/stateFolder.ts';

/** A kept state that can be used under the key it was asked for, by what its seal says. */
export interface KeptState {
  readonly file: KeptFile;
  readonly seal: Seal;
  readonly tokens: Uint32Array;
}

/** Of so many states, the most recently used, the tokens are compared: a long list must not delay an answer. */
const mostCompared = 64;

/** Finds kept states; what was read of a file is remembered while the file stays as it is. */
export function createKeptStates(log: (message: string) => void) {
  let known = new Map<string, KeptState>();

  const look = async (file: KeptFile, key: Buffer): Promise<[string, KeptState] | null> => {
    try {
      const { ino, size, mtimeMs } = await stat(file.path);
      const version = `${file.path} ${ino} ${size} ${mtimeMs}`;
      const before = known.get(version);
      if (before?.seal.key.equals(key)) return [version, { ...before, file }];
      const handle = await openStateFile(file.path);
      try {
        const seal = await readSeal(handle);
        if (!seal.key.equals(key)) throw new BadState('it belongs to something else');
        return [version, { file, seal, tokens: await readTokens(handle, seal) }];
      } finally {
        await handle.close();
      }
    } catch (error) {
      // Removed meanwhile: the chat was erased, or the budget was used up.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      log(`A kept state was not used: ${(error as Error).message}.`);
      if (error instanceof BadState) removeState(file.path);
      return null;
    }
  };

  return {
    /** The states of a folder under a key, the most recently used last. One that is damaged is removed and told. */
    async list(folder: string, key: Buffer, chat: string): Promise<KeptState[]> {
      const prefix = key.toString('hex').slice(0, 16);
      const mine = listStates(folder).filter((file) => file.key === prefix);
      const compared = mine.slice(-mostCompared);
      const own = mine.slice(0, -mostCompared).filter((file) => file.chat === chat);
      const found: [string, KeptState][] = [];
      for (const file of [...own, ...compared]) {
        const state = await look(file, key);
        if (state) found.push(state);
      }
      known = new Map(found);
      return found.map(([, state]) => state);
    },
  };
}
