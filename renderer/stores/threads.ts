import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChatEvent } from '../../electron/contract/chat.ts';
import type { Message } from '../../electron/contract/conversations.ts';
import { InklingError, toFailure } from '../../electron/contract/errors.ts';
import type { NoteScope } from '../../electron/contract/notes.ts';
import type { Connection } from '../platform/connection.ts';
import { applyEvent } from './applyEvent.ts';
import type { ChatsStore } from './chats.ts';
import { draftMessage, type Line, storedLine, withDoc } from './line.ts';
import { createLines } from './lines.ts';
import { createPacer } from './pacer.ts';

/** The shown branch of one chat. The lines' content lives in stores of their own, so that a token renders one line. */
export interface Thread {
  readonly id: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly problem: string | null;
  /** Keys of the lines, oldest first. */
  readonly order: readonly string[];
  readonly hasEarlier: boolean;
  readonly loadingEarlier: boolean;
  /** An answer is being made by this window. */
  readonly running: boolean;
}

export interface ThreadsStore {
  readonly threads: ReadonlyMap<string, Thread>;
  line(key: string): StoreApi<Line>;
  /** Reads the end of a chat, unless it is here already. */
  open(id: string): Promise<void>;
  loadEarlier(id: string): Promise<void>;
  /** Says something; resolves when the answer has ended, rejects if the words were not accepted. */
  send(id: string, text: string, wish: Wish): Promise<void>;
  /** Answers the question before this answer once more. */
  again(id: string, answerKey: string, wish: Wish): Promise<void>;
  stop(id: string): void;
  select(id: string, messageId: string, step: number): Promise<void>;
  /** Makes sure that a message is among the lines of its chat; resolves to its key, or null if it is not there any more. */
  reach(id: string, messageId: string): Promise<string | null>;
}

/** Who is to answer (null: whoever is chosen), and from which notes (null: from none). */
export interface Wish {
  readonly modelId: string | null;
  readonly notes: NoteScope | null;
}

interface Deps {
  readonly connection: Connection;
  readonly chats: StoreApi<ChatsStore>;
  /** Renders what the task changes before it returns, so that its cost can be measured. */
  commit(task: () => void): void;
  /** Told when an answer ended by itself, for those who cannot see it. */
  onEnded(line: Line): void;
}

const page = 60;
const mostMessages = 2000;
const keptThreads = 12;
const settleMs = 300;

/** Makes the chats that are open in this window. */
export function createThreadsStore({ connection, chats, commit, onEnded }: Deps) {
  const { api } = connection;
  const lines = createLines();
  const lineOf = lines.get;
  const runs = new Map<string, AbortController>();
  let drafts = 0;

  const store = createStore<ThreadsStore>(() => ({
    threads: new Map(),
    line: lines.get,
    open,
    loadEarlier,
    send,
    again,
    stop: (id) => runs.get(id)?.abort(),
    select,
    reach,
  }));

  const find = (id: string) => store.getState().threads.get(id);
  const orderOf = (id: string) => find(id)?.order ?? [];
  const put = (id: string, patch: Partial<Thread>) => {
    const threads = new Map(store.getState().threads);
    threads.set(id, { ...(threads.get(id) ?? emptyThread(id)), ...patch });
    store.setState({ threads });
  };

  async function open(id: string): Promise<void> {
    const known = find(id);
    if (known && known.state !== 'failed') return;
    forgetOld(id);
    put(id, { state: 'loading', problem: null });
    await reload(id);
  }

  async function reload(id: string): Promise<void> {
    try {
      // What the reader has already scrolled to stays.
      const limit = Math.min(mostMessages, Math.max(page, find(id)?.order.length ?? 0));
      const { messages, hasEarlier } = await api.conversations.messages({ id, limit });
      if (runs.has(id)) return;
      put(id, { state: 'ready', order: messages.map(lines.put), hasEarlier });
      if (messages.at(-1)?.state === 'streaming') setTimeout(() => reload(id), 1000);
    } catch (error) {
      if (find(id)?.state === 'loading') put(id, { state: 'failed', problem: toFailure(error).message });
    }
  }

  async function loadEarlier(id: string): Promise<void> {
    const thread = find(id);
    const first = thread?.order[0];
    if (!thread?.hasEarlier || thread.loadingEarlier || first === undefined) return;
    put(id, { loadingEarlier: true });
    try {
      const before = lineOf(first).getState().message.id;
      const { messages, hasEarlier } = await api.conversations.messages({ id, before, limit: page });
      put(id, { order: [...messages.map(lines.put), ...(find(id)?.order ?? [])], hasEarlier });
    } finally {
      put(id, { loadingEarlier: false });
    }
  }

  async function send(id: string, text: string, wish: Wish): Promise<void> {
    const now = Date.now();
    const user = lines.add(storedLine(draftMessage('user', id, text, now), `draft-${++drafts}`));
    const before = find(id)?.order ?? [];
    await run(id, [...before, user], user, (signal) =>
      api.chat.send({ conversationId: id, text, ...inputOf(wish) }, { signal }),
    );
  }

  async function again(id: string, answerKey: string, wish: Wish): Promise<void> {
    const thread = find(id);
    const at = thread?.order.indexOf(answerKey) ?? -1;
    const messageId = lineOf(answerKey).getState().message.parentId;
    if (!thread || at < 0 || !messageId) return;
    await run(id, thread.order.slice(0, at), null, (signal) =>
      api.chat.answer({ conversationId: id, messageId, ...inputOf(wish) }, { signal }),
    );
  }

  async function select(id: string, messageId: string, step: number): Promise<void> {
    chats.getState().put(await api.conversations.select({ id, messageId, step }));
    await reload(id);
  }

  async function reach(id: string, messageId: string): Promise<string | null> {
    await open(id);
    const shown = () => orderOf(id).find((key) => lineOf(key).getState().message.id === messageId) ?? null;
    const readBack = async () => {
      while (shown() === null && find(id)?.hasEarlier) {
        await loadEarlier(id);
        // Somebody else may be reading; then this one only waits.
        if (find(id)?.loadingEarlier) await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await readBack();
    // It lies on another branch, which is shown from here on.
    if (shown() === null && !runs.has(id)) {
      await select(id, messageId, 0);
      await readBack();
    }
    return shown();
  }

  async function run(
    id: string,
    order: readonly string[],
    userKey: string | null,
    begin: (signal: AbortSignal) => AsyncIterable<ChatEvent>,
  ): Promise<void> {
    if (runs.has(id)) throw new InklingError('busy', 'This chat is still answering. Stop it first.');
    const before = find(id)?.order ?? [];
    const abort = new AbortController();
    runs.set(id, abort);
    const draft = draftMessage('assistant', id, '', Date.now());
    let line: Line = { ...storedLine(draft, `draft-${++drafts}`), phase: { kind: 'sending' } };
    const answer = lineOf(lines.add(line));
    put(id, { state: 'ready', order: [...order, line.key], running: true });
    const show = () => commit(() => answer.setState(withDoc(line), true));
    const pacer = createPacer(() => show());
    let accepted = false;
    try {
      for await (const event of begin(abort.signal)) {
        line = { ...applyEvent(line, event, performance.now()), doc: answer.getState().doc };
        if (event.type === 'text' || event.type === 'thought') {
          pacer.request();
          continue;
        }
        if (event.type === 'accepted') {
          accepted = true;
          lines.rename(line.key, event.answer.id);
          if (event.user && userKey) accept(userKey, event.user);
        }
        show();
      }
      if (line.phase)
        line = ended(line, new InklingError('internal', 'The answer ended without a word why.'));
    } catch (error) {
      if (!accepted) {
        put(id, { order: before });
        // Stopped so early, it may have been stored or not; what the app says is shown.
        if (abort.signal.aborted) setTimeout(() => void reload(id), settleMs);
        throw error;
      }
      line = abort.signal.aborted ? ended(line, null) : ended(line, error);
    } finally {
      pacer.stop();
      runs.delete(id);
      if (accepted) show();
      put(id, { running: false });
    }
    onEnded(line);
    await settle(id, line.message.id);
  }

  function accept(key: string, message: Message): void {
    lines.rename(key, message.id);
    lineOf(key).setState({ message });
  }

  // What the app stored is the truth; after a stop it is written a moment later than the stream ends.
  async function settle(id: string, answerId: string): Promise<void> {
    for (const pause of [0, 150, 600, 2000]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (runs.has(id)) return;
      const { messages } = await api.conversations.messages({ id, limit: 2 }).catch(() => ({ messages: [] }));
      const stored = messages.find((message) => message.id === answerId);
      if (!stored || stored.state === 'streaming') continue;
      for (const message of messages) lines.put(message);
      return;
    }
  }

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
    if (next.byId === previous.byId) return;
    for (const [id, thread] of store.getState().threads) {
      const leaf = next.byId.get(id)?.leafId;
      const last = thread.order.at(-1);
      const shown = last === undefined ? null : lineOf(last).getState().message.id;
      if (!thread.running && thread.state === 'ready' && leaf !== undefined && leaf !== shown)
        void reload(id);
    }
  });
  connection.state.subscribe((next, previous) => {
    if (next.epoch === previous.epoch || previous.epoch === 0) return;
    for (const [id, thread] of store.getState().threads) if (!thread.running) void reload(id);
  });
  return store;
}

const inputOf = ({ modelId, notes }: Wish) => ({
  ...(modelId ? { modelId } : {}),
  ...(notes ? { notes } : {}),
});

const emptyThread = (id: string): Thread => ({
  id,
  state: 'loading',
  problem: null,
  order: [],
  hasEarlier: false,
  loadingEarlier: false,
  running: false,
});

function ended(line: Line, error: unknown): Line {
  const failure = error === null ? null : toFailure(error);
  const state = !failure ? 'stopped' : failure.code === 'connection_lost' ? 'interrupted' : 'failed';
  return { ...line, phase: null, message: { ...line.message, state, error: failure } };
}
