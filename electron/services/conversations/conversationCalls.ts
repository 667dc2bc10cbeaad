import type { Conversation } from '../../contract/conversations.ts';
import type { AppService } from '../../contract/index.ts';
import type { Storage } from '../storage/openStorage.ts';
import type { ChangeFeed } from './changeFeed.ts';
import {
  getConversation,
  insertConversation,
  listConversations,
  proposeTitle,
  setMarks,
  setTitle,
} from './conversationRows.ts';
import { forkBranch } from './fork.ts';
import type { MessageStore } from './messageStore.ts';
import type { Removal } from './removal.ts';
import { searchConversations } from './search.ts';
import { readChatSettings, writeChatSettings } from './settingsRows.ts';
import { titleFrom } from './titles.ts';

/** What the calls about chats stand on. */
export interface CallDeps {
  readonly connection: Storage['connection'];
  readonly now: () => number;
  readonly messages: MessageStore;
  readonly removal: Removal;
  readonly feed: ChangeFeed;
  /** Tells every window of a chat as it is now. */
  readonly tellChanged: (id: string) => Conversation;
}

/** The calls of a window about its chats. */
export function conversationCalls(deps: CallDeps): AppService['conversations'] {
  const { connection, now, messages, removal, feed, tellChanged } = deps;
  return {
    create(input) {
      const db = connection();
      const { id } = db.transaction(() => {
        const made = insertConversation(db, input?.title, now());
        if (input?.firstWords) proposeTitle(db, made.id, titleFrom(input.firstWords), 'words', 'nobody');
        if (input?.settings) writeChatSettings(db, made.id, input.settings);
        return made;
      });
      return tellChanged(id);
    },
    list: ({ offset, limit }) => listConversations(connection(), offset, limit),
    get: ({ id }) => getConversation(connection(), id),
    rename({ id, title }) {
      const db = connection();
      db.transaction(() => {
        getConversation(db, id);
        setTitle(db, id, title);
      });
      return tellChanged(id);
    },
    settings: ({ id }) => readChatSettings(connection(), id),
    setSettings({ id, patch }) {
      const db = connection();
      db.transaction(() => writeChatSettings(db, id, patch));
      feed.tell({ type: 'settings', id });
      return readChatSettings(db, id);
    },
    remove({ id }) {
      const undo = removal.remove(id);
      feed.tell({ type: 'removed', id });
      return undo;
    },
    restore({ id }) {
      removal.restore(id);
      return tellChanged(id);
    },
    messages: ({ id, before, limit }) => messages.page(id, before, limit),
    select({ id, messageId, step }) {
      connection().transaction(() => messages.show(id, messageId, step));
      return tellChanged(id);
    },
    removeMessage({ id, messageId }) {
      messages.expect(id, messageId);
      const undo = removal.removeBranch(id, messageId);
      return { ...undo, conversation: tellChanged(id) };
    },
    restoreMessage({ id, messageId }) {
      removal.restoreBranch(id, messageId);
      return tellChanged(id);
    },
    fork({ id, messageId }) {
      const db = connection();
      const branch = messages.branch(messageId, id);
      return tellChanged(db.transaction(() => forkBranch(db, getConversation(db, id), branch, now())));
    },
    mark({ id, ...marks }) {
      const db = connection();
      db.transaction(() => {
        getConversation(db, id);
        setMarks(db, id, marks, now());
      });
      return tellChanged(id);
    },
    rate: ({ id, messageId, rating }) => connection().transaction(() => messages.rate(id, messageId, rating)),
    search: ({ query, filters, limit }) => ({
      hits: searchConversations(connection(), query, filters, limit),
    }),
    watch: (_, { signal }) => feed.watch(signal),
  };
}
