import { toFailure } from '../../electron/contract/errors.ts';
import type { AppApi } from '../../electron/contract/index.ts';
import type { Lines } from './lines.ts';
import type { ThreadTable } from './thread.ts';

/** Reads chats into the threads. */
export interface ThreadReader {
  /** Reads the end of a chat, unless it is here already. */
  open(id: string): Promise<void>;
  /** Reads it again, as far as the reader has scrolled. */
  reload(id: string): Promise<void>;
  loadEarlier(id: string): Promise<void>;
  /** Makes sure that a message is among the lines of its chat; resolves to its key, or null if it is not there any more. */
  reach(id: string, messageId: string): Promise<string | null>;
}

const page = 60;
const mostMessages = 2000;

/** Makes a {@link ThreadReader}. A chat that `isRunning` is left alone: what this window writes is newer than what is stored. */
export function createThreadReader(deps: {
  readonly api: AppApi;
  readonly lines: Lines;
  readonly table: ThreadTable;
  readonly isRunning: (id: string) => boolean;
  readonly forgetOld: (opened: string) => void;
  readonly select: (id: string, messageId: string, step: number) => Promise<void>;
}): ThreadReader {
  const { api, lines, table, isRunning } = deps;
  const { find, put } = table;

  const open = async (id: string): Promise<void> => {
    const known = find(id);
    if (known && known.state !== 'failed') return;
    deps.forgetOld(id);
    put(id, { state: 'loading', problem: null });
    await reload(id);
  };

  const reload = async (id: string): Promise<void> => {
    try {
      // What the reader has already scrolled to stays.
      const limit = Math.min(mostMessages, Math.max(page, find(id)?.order.length ?? 0));
      const { messages, hasEarlier } = await api.conversations.messages({ id, limit });
      if (isRunning(id)) return;
      put(id, { state: 'ready', order: messages.map(lines.put), hasEarlier });
      if (messages.at(-1)?.state === 'streaming') setTimeout(() => reload(id), 1000);
    } catch (error) {
      if (find(id)?.state === 'loading') put(id, { state: 'failed', problem: toFailure(error).message });
    }
  };

  const loadEarlier = async (id: string): Promise<void> => {
    const thread = find(id);
    const first = thread?.order[0];
    if (!thread?.hasEarlier || thread.loadingEarlier || first === undefined) return;
    put(id, { loadingEarlier: true });
    try {
      const before = lines.get(first).getState().message.id;
      const { messages, hasEarlier } = await api.conversations.messages({ id, before, limit: page });
      put(id, { order: [...messages.map(lines.put), ...(find(id)?.order ?? [])], hasEarlier });
    } finally {
      put(id, { loadingEarlier: false });
    }
  };

  const reach = async (id: string, messageId: string): Promise<string | null> => {
    await open(id);
    const shown = () =>
      find(id)?.order.find((key) => lines.get(key).getState().message.id === messageId) ?? null;
    const readBack = async () => {
      while (shown() === null && find(id)?.hasEarlier) {
        await loadEarlier(id);
        // Somebody else may be reading; then this one only waits.
        if (find(id)?.loadingEarlier) await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await readBack();
    // It lies on another branch, which is shown from here on.
    if (shown() === null && !isRunning(id)) {
      await deps.select(id, messageId, 0);
      await readBack();
    }
    return shown();
  };

  return { open, reload, loadEarlier, reach };
}
