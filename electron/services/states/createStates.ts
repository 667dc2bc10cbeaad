import { join } from 'node:path';
import type { Topic } from '../../base/topic.ts';
import type { AppService } from '../../contract/index.ts';
import type { Settings } from '../../contract/settings.ts';
import type { KeepState } from '../../engine/contract.ts';
import { listStates, makeRoom, removeAbandoned, removeStates } from '../../engine/states/stateFolder.ts';

/** Bytes of the disk that are left for chats, models and everything else. */
const spare = 1e9;

/** The kept states of chats as the app sees them; the engine writes and reads them. */
export interface States {
  readonly api: Pick<AppService['storage'], 'states' | 'clearStates'>;
  /** Where the engine is to keep the state of a chat; null where none are to be kept. */
  keepFor(chat: string): KeepState | null;
  /** Erases every trace of these chats, in files and in the engine. */
  forget(chats: readonly string[]): void;
  /** Erases what belongs to no chat any more, what a kill left, and what the budget does not allow. At the start. */
  tidy(chats: ReadonlySet<string>): void;
  close(): void;
}

/** Makes the {@link States} of a data folder. `forgetIn` tells the running engine. */
export function createStates(options: {
  readonly dataDir: string;
  /** Where the bytes stand that all together may take. */
  readonly settings: Topic<Settings>;
  readonly forgetIn: (chats: readonly string[]) => Promise<void>;
  readonly log: (message: string) => void;
}): States {
  const folder = join(options.dataDir, 'states');
  const closed = new AbortController();
  const budget = () => options.settings.value.statesBudget;
  const attempt = (task: () => void) => {
    try {
      task();
    } catch (error) {
      options.log(`The folder of kept states cannot be used: ${(error as Error).message}.`);
    }
  };
  const remove = (which: (chat: string) => boolean) => attempt(() => removeStates(folder, which));
  const trim = () => attempt(() => makeRoom(folder, budget()));
  void (async () => {
    let before = budget();
    for await (const { statesBudget } of options.settings.watch(closed.signal)) {
      if (statesBudget < before) trim();
      before = statesBudget;
    }
  })();

  return {
    keepFor(chat) {
      return budget() > 0 ? { chat, folder, budget: budget(), spare } : null;
    },
    forget(chats) {
      if (chats.length === 0) return;
      const mine = (chat: string) => chats.includes(chat);
      remove(mine);
      // What it was just writing may have got its name meanwhile.
      void Promise.resolve()
        .then(() => options.forgetIn(chats))
        .finally(() => remove(mine));
    },
    tidy(chats) {
      remove((chat) => !chats.has(chat));
      attempt(() => removeAbandoned(folder, 0));
      trim();
    },
    close: () => closed.abort(),
    api: {
      states() {
        trim();
        const kept = listStates(folder);
        return { files: kept.length, size: kept.reduce((sum, { size }) => sum + size, 0) };
      },
      clearStates() {
        removeStates(folder, () => true);
        return null;
      },
    },
  };
}
