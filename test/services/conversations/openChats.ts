import { onTestFinished } from 'vitest';
import type { Rating, SearchFilters } from '../../../electron/contract/conversations.ts';
import { createConversations } from '../../../electron/services/conversations/createConversations.ts';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';
import { tempFolder } from '../storage/tempFolder.ts';

/** A signal for calls of services that are never cancelled here. */
export const uncancelled = { signal: new AbortController().signal };
/** How an answer ends that went well. */
export const wellDone = {
  state: 'done',
  endReason: 'complete',
  stats: null,
  error: null,
  leftOut: 0,
} as const;
export const model = { id: 'tiny', name: 'Tiny' };

/** Opens storage and chats on a folder as the app does; `close` is called at the end of the test if not before. */
export function openChats(options: { dataDir?: string; now?: () => number; smallBytes?: number } = {}) {
  const dataDir = options.dataDir ?? tempFolder();
  const storage = openStorage({ dataDir, now: options.now, smallBytes: options.smallBytes });
  const conversations = createConversations({ storage, now: options.now });
  conversations.recover();
  const { api } = conversations;
  let open = true;

  const chats = {
    dataDir,
    storage,
    conversations,
    create: async (title?: string) => api.create(title === undefined ? undefined : { title }, uncancelled),
    list: async (limit = 200, offset = 0) => api.list({ offset, limit }, uncancelled),
    get: async (id: string) => api.get({ id }, uncancelled),
    rename: async (id: string, title: string) => api.rename({ id, title }, uncancelled),
    remove: async (id: string) => api.remove({ id }, uncancelled),
    restore: async (id: string) => api.restore({ id }, uncancelled),
    select: async (id: string, messageId: string, step = 0) =>
      api.select({ id, messageId, step }, uncancelled),
    messages: async (id: string, limit = 60, before: string | null = null) =>
      api.messages({ id, limit, before }, uncancelled),
    search: async (query: string, limit = 30, filters: SearchFilters = {}) =>
      (await api.search({ query, filters, limit }, uncancelled)).hits,
    mark: async (id: string, marks: { pinned?: boolean; archived?: boolean; tags?: string[] }) =>
      api.mark({ id, ...marks }, uncancelled),
    rate: async (id: string, messageId: string, rating: Rating | null) =>
      api.rate({ id, messageId, rating }, uncancelled),
    say: (conversationId: string, text: string, parentId?: string) =>
      conversations.addTurn({ conversationId, parentId, text, model }),
    edit: (conversationId: string, editOf: string, text: string) =>
      conversations.addTurn({ conversationId, parentId: null, editOf, text, model }),
    fork: async (id: string, messageId: string) => api.fork({ id, messageId }, uncancelled),
    /** A whole turn: said and answered. */
    turn(conversationId: string, text: string, answered: string, parentId?: string) {
      const turn = chats.say(conversationId, text, parentId);
      const writer = conversations.openAnswer(turn.answer.id);
      writer.append({ text: answered });
      writer.finish(wellDone);
      return turn;
    },
    async close() {
      if (!open) return;
      open = false;
      conversations.close();
      await storage.close();
    },
  };
  onTestFinished(() => chats.close());
  return chats;
}
