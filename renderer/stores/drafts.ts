import { createStore } from 'zustand/vanilla';
import { InklingError } from '../../electron/contract/errors.ts';
import type { Connection } from '../platform/connection.ts';

/** What was typed and not sent, by chat (an empty id for a chat not started). The app keeps it. */
export interface DraftStore {
  readonly drafts: Readonly<Record<string, string>>;
  /** Reads what was kept of a chat, unless something was typed here since. */
  load(id: string): Promise<void>;
  set(id: string, text: string): void;
  /** Saves what waits, now. */
  flush(): void;
}

const pauseMs = 400;
const longest = 2_000_000;

/** Makes the cache of the drafts. `onProblem` is told when they cannot be kept, once until they can. */
export function createDraftStore(
  { api, state: connection }: Pick<Connection, 'api' | 'state'>,
  onProblem: (error: unknown) => void,
) {
  const known = new Set<string>();
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failed = false;

  const save = async (id: string) => {
    const text = store.getState().drafts[id] ?? '';
    if (text.length > longest) return;
    try {
      await api.drafts.set({ chat: id === '' ? null : id, text });
      failed = false;
    } catch (error) {
      const code = error instanceof InklingError ? error.code : 'internal';
      // The chat was deleted meanwhile.
      if (code === 'not_found') return;
      waiting.add(id);
      // What was lost with the connection is sent when it is back.
      if (!failed && code !== 'connection_lost' && code !== 'cancelled') onProblem(error);
      failed = true;
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const ids = [...waiting];
    waiting.clear();
    for (const id of ids) void save(id);
  };
  const store = createStore<DraftStore>((setState, getState) => ({
    drafts: {},
    async load(id) {
      if (known.has(id)) return;
      const { text } = await api.drafts.get({ chat: id === '' ? null : id });
      if (known.has(id)) return;
      known.add(id);
      if (text !== '') setState({ drafts: { ...getState().drafts, [id]: text } });
    },
    set(id, text) {
      known.add(id);
      setState({ drafts: { ...getState().drafts, [id]: text } });
      waiting.add(id);
      if (text === '') flush();
      else timer ??= setTimeout(flush, pauseMs);
    },
    flush,
  }));
  connection.subscribe((next, before) => {
    if (next.state === 'open' && before.state !== 'open') flush();
  });
  return store;
}
