import { createStore } from 'zustand/vanilla';
import type { Conversation } from '../../electron/contract/conversations.ts';
import type { Connection } from '../platform/connection.ts';

/** What a person can say about a chat; what is left out stays. */
export interface Marks {
  readonly pinned?: boolean;
  readonly archived?: boolean;
  readonly tags?: string[];
}

/** The list of chats, newest first. */
export interface ChatsStore {
  readonly byId: ReadonlyMap<string, Conversation>;
  readonly sorted: readonly Conversation[];
  readonly state: 'loading' | 'ready' | 'failed';
  /** The chat that was deleted last, if another window did it. */
  readonly removedElsewhere: Conversation | null;
  /** The chat whose messages changed last without a word of it in the list; a new object for each time. */
  readonly judged: { readonly id: string } | null;
  rename(id: string, title: string): Promise<void>;
  /** Hides the chat; resolves to the time until which `restore` works. */
  remove(id: string): Promise<number>;
  restore(id: string): Promise<void>;
  /** Pins, archives or tags a chat. */
  mark(id: string, marks: Marks): Promise<void>;
  put(conversation: Conversation): void;
}

const firstPage = 100;
const everything = 20_000;

/** Makes the cache of the chats: the first page at once, then all, kept up to date by the watch stream. */
export function createChatsStore({ api, follow, state: connection }: Connection) {
  const removing = new Set<string>();
  const store = createStore<ChatsStore>((setState, getState) => {
    const change = (edit: (byId: Map<string, Conversation>) => void) => {
      const byId = new Map(getState().byId);
      edit(byId);
      setState({ byId, sorted: sortChats([...byId.values()]) });
    };
    return {
      byId: new Map(),
      sorted: [],
      state: 'loading',
      removedElsewhere: null,
      judged: null,
      put: (conversation) => change((byId) => byId.set(conversation.id, conversation)),
      async rename(id, title) {
        getState().put(await api.conversations.rename({ id, title }));
      },
      async remove(id) {
        // The news of it may come before the answer; it is no news then.
        removing.add(id);
        try {
          const { undoUntil } = await api.conversations.remove({ id });
          change((byId) => byId.delete(id));
          return undoUntil;
        } finally {
          removing.delete(id);
        }
      },
      async restore(id) {
        getState().put(await api.conversations.restore({ id }));
      },
      async mark(id, marks) {
        getState().put(await api.conversations.mark({ id, ...marks }));
      },
    };
  });

  const replace = (conversations: readonly Conversation[]) =>
    store.setState({
      byId: new Map(conversations.map((each) => [each.id, each])),
      sorted: sortChats([...conversations]),
      state: 'ready',
    });
  const load = async () => {
    try {
      const first = await api.conversations.list({ offset: 0, limit: firstPage });
      if (store.getState().state !== 'ready') replace(first.conversations);
      if (first.total <= first.conversations.length) return replace(first.conversations);
      replace((await api.conversations.list({ offset: 0, limit: everything })).conversations);
    } catch {
      if (store.getState().state === 'loading') store.setState({ state: 'failed' });
    }
  };
  let epoch = 0;
  connection.subscribe((next) => {
    if (next.state !== 'open' || next.epoch === epoch) return;
    epoch = next.epoch;
    void load();
  });
  follow(
    (api) => api.conversations.watch(null),
    (event) => {
      if (event.type === 'reset') void load();
      else if (event.type === 'changed') store.getState().put(event.conversation);
      else if (event.type === 'judged') store.setState({ judged: { id: event.id } });
      else if (event.type === 'removed' && store.getState().byId.has(event.id)) {
        const byId = new Map(store.getState().byId);
        const removed = byId.get(event.id) ?? null;
        byId.delete(event.id);
        store.setState({
          byId,
          sorted: sortChats([...byId.values()]),
          ...(!removing.has(event.id) && { removedElsewhere: removed }),
        });
      }
    },
  );
  return store;
}

const sortChats = (chats: Conversation[]): Conversation[] =>
  chats.sort((a, b) => b.updatedAt - a.updatedAt || (a.id < b.id ? 1 : -1));
