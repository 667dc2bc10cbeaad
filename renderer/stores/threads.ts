import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Attachment } from '../../electron/contract/attachments.ts';
import type { Message, Rating } from '../../electron/contract/conversations.ts';
import type { Connection } from '../platform/connection.ts';
import { createAnswerRuns } from './answerRuns.ts';
import type { ChatsStore } from './chats.ts';
import { draftMessage, type Line, storedLine } from './line.ts';
import { createLines } from './lines.ts';
import { emptyThread, inputOf, type Thread, type Wish } from './thread.ts';
import { createThreadReader, type ThreadReader } from './threadReader.ts';

export interface ThreadsStore extends Pick<ThreadReader, 'open' | 'reload' | 'loadEarlier' | 'reach'> {
  readonly threads: ReadonlyMap<string, Thread>;
  line(key: string): StoreApi<Line>;
  /** Says something; resolves when the answer has ended, rejects if the words were not accepted. */
  send(id: string, text: string, wish: Wish, files?: readonly Attachment[]): Promise<void>;
  /** Says something else in place of this message, as another version beside it; resolves and rejects as `send` does. */
  edit(id: string, userKey: string, text: string, wish: Wish): Promise<void>;
  /** Answers the question before this answer once more. */
  again(id: string, answerKey: string, wish: Wish): Promise<void>;
  /** Answers this message, which nothing was said after. */
  answer(id: string, userKey: string, wish: Wish): Promise<void>;
  /** Goes on with this answer, or with another beside it that begins with these words. */
  resume(id: string, answerKey: string, wish: Wish, begin?: string): Promise<void>;
  stop(id: string): void;
  /** Brings lines up to date with messages that changed. */
  put(messages: readonly Message[]): void;
  select(id: string, messageId: string, step: number): Promise<void>;
  /** Keeps what the person thinks of an answer; null takes it back. */
  rate(id: string, messageId: string, rating: Rating | null): Promise<void>;
  /** Hides a message with all below it; resolves to the time until which `restoreMessage` works. */
  removeMessage(id: string, messageId: string): Promise<number>;
  restoreMessage(id: string, messageId: string): Promise<void>;
}

interface Deps {
  readonly connection: Connection;
  readonly chats: StoreApi<ChatsStore>;
  /** Renders what the task changes before it returns, so that its cost can be measured. */
  commit(task: () => void): void;
  /** Told when an answer ended by itself, for those who cannot see it. */
  onEnded(line: Line): void;
}

const keptThreads = 12;

/** Makes the chats that are open in this window. */
export function createThreadsStore({ connection, chats, commit, onEnded }: Deps) {
  const { api } = connection;
  const lines = createLines();
  let drafts = 0;
  const newKey = () => `draft-${++drafts}`;

  const find = (id: string): Thread | undefined => store.getState().threads.get(id);
  const put = (id: string, patch: Partial<Thread>) => {
    const threads = new Map(store.getState().threads);
    threads.set(id, { ...(threads.get(id) ?? emptyThread(id)), ...patch });
    store.setState({ threads });
  };
  const table = { find, put };
  const select = async (id: string, messageId: string, step: number): Promise<void> => {
    chats.getState().put(await api.conversations.select({ id, messageId, step }));
    await reader.reload(id);
  };
  const removeMessage = async (id: string, messageId: string): Promise<number> => {
    const { undoUntil, conversation } = await api.conversations.removeMessage({ id, messageId });
    chats.getState().put(conversation);
    await reader.reload(id);
    return undoUntil;
  };
  const restoreMessage = async (id: string, messageId: string): Promise<void> => {
    chats.getState().put(await api.conversations.restoreMessage({ id, messageId }));
    await reader.reload(id);
  };
  const rate = async (id: string, messageId: string, rating: Rating | null): Promise<void> => {
    lines.put(await api.conversations.rate({ id, messageId, rating }));
  };
  const isRunning = (id: string) => runs.has(id);
  const reader = createThreadReader({ api, lines, table, isRunning, forgetOld, select });
  const runs = createAnswerRuns({ api, lines, table, newKey, reload: reader.reload, commit, onEnded });

  const say = (
    id: string,
    before: readonly string[],
    said: { readonly text: string; readonly files: readonly Attachment[]; readonly editOf?: string },
    wish: Wish,
  ): Promise<void> => {
    const { text, files, editOf } = said;
    const draft = { ...draftMessage('user', id, text, Date.now()), attachments: [...files] };
    const user = lines.add(storedLine(draft, newKey()));
    return runs.run(id, {
      order: [...before, user],
      begins: draftMessage('assistant', id, '', Date.now()),
      userKey: user,
      call: (signal) =>
        api.chat.send(
          {
            conversationId: id,
            text,
            ...(editOf ? { editOf } : { attachments: files.map((file) => file.id) }),
            ...inputOf(wish),
          },
          { signal },
        ),
    });
  };
  const send = (id: string, text: string, wish: Wish, files: readonly Attachment[] = []): Promise<void> =>
    say(id, find(id)?.order ?? [], { text, files }, wish);

  const edit = async (id: string, userKey: string, text: string, wish: Wish): Promise<void> => {
    const order = find(id)?.order ?? [];
    const at = order.indexOf(userKey);
    if (at < 0) return;
    const { id: editOf, attachments: files } = lines.get(userKey).getState().message;
    await say(id, order.slice(0, at), { text, files, editOf }, wish);
  };

  const answerTo = (id: string, messageId: string, order: readonly string[], wish: Wish): Promise<void> =>
    runs.run(id, {
      order,
      begins: draftMessage('assistant', id, '', Date.now()),
      userKey: null,
      call: (signal) => api.chat.answer({ conversationId: id, messageId, ...inputOf(wish) }, { signal }),
    });
  const again = async (id: string, answerKey: string, wish: Wish): Promise<void> => {
    const order = find(id)?.order ?? [];
    const at = order.indexOf(answerKey);
    const messageId = lines.get(answerKey).getState().message.parentId;
    if (at >= 0 && messageId) await answerTo(id, messageId, order.slice(0, at), wish);
  };
  const answer = async (id: string, userKey: string, wish: Wish): Promise<void> => {
    const order = find(id)?.order ?? [];
    if (order.at(-1) === userKey) await answerTo(id, lines.get(userKey).getState().message.id, order, wish);
  };

  const resume = async (id: string, answerKey: string, wish: Wish, begin?: string): Promise<void> => {
    const order = find(id)?.order ?? [];
    const at = order.indexOf(answerKey);
    const { message } = lines.get(answerKey).getState();
    if (at < 0) return;
    await runs.run(id, {
      order: order.slice(0, at),
      begins: { ...message, text: begin ?? message.text, state: 'streaming', endReason: null, error: null },
      userKey: null,
      call: (signal) =>
        api.chat.continue({ conversationId: id, messageId: message.id, begin, ...inputOf(wish) }, { signal }),
    });
  };

  const { open, reload, loadEarlier, reach } = reader;
  const store = createStore<ThreadsStore>(() => ({
    threads: new Map(),
    line: lines.get,
    open,
    reload,
    loadEarlier,
    send,
    edit,
    again,
    answer,
    resume,
    stop: runs.stop,
    put: (messages) => {
      for (const message of messages) lines.put(message);
    },
    select,
    rate,
    removeMessage,
    restoreMessage,
    reach,
  }));

  function forgetOld(opened: string): void {
    const threads = new Map(store.getState().threads);
    for (const [id, thread] of threads) {
      if (threads.size < keptThreads) break;
      if (id === opened || thread.running) continue;
      threads.delete(id);
      for (const key of thread.order) lines.forget(key);
    }
    store.setState({ threads });
  }

  // Another window wrote to a chat that is open here, or everything changed.
  chats.subscribe((next, previous) => {
    if (next.judged && next.judged !== previous.judged) {
      const { id } = next.judged;
      if (find(id)?.state === 'ready' && !find(id)?.running) void reader.reload(id);
    }
    if (next.byId === previous.byId) return;
    for (const [id, thread] of store.getState().threads) {
      const chat = next.byId.get(id);
      const leaf = chat?.leafId;
      const last = thread.order.at(-1);
      const shown = last === undefined ? null : lines.get(last).getState().message.id;
      // An answer that goes on stays where it is; its chat tells that something was said.
      const before = previous.byId.get(id);
      const changed = leaf !== shown || (before !== undefined && chat?.updatedAt !== before.updatedAt);
      if (!thread.running && thread.state === 'ready' && leaf !== undefined && changed)
        void reader.reload(id);
    }
  });
  connection.state.subscribe((next, previous) => {
    if (next.epoch === previous.epoch || previous.epoch === 0) return;
    for (const [id, thread] of store.getState().threads) if (!thread.running) void reader.reload(id);
  });
  return store;
}
