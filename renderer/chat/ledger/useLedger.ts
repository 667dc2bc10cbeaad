import { useEffect } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { useReadFiles } from '../files/useFileSizes.ts';
import { useOwn } from '../own/useOwn.ts';
import { useScope } from '../sources/useScope.ts';

const pauseMs = 350;
const longest = 2_000_000;

/** Keeps the ledger of the shown chat up to date while words are written; it is asked for when they pause. */
export function useLedger(id: string | null, draft: string): void {
  const own = useOwn(id);
  const { api, ledger, threads } = useStores();
  const loaded = useStore('engine', ({ engine }) =>
    engine?.model.state === 'ready' ? `${engine.model.id} ${engine.model.loaded.contextSize}` : null,
  );
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const running = useStore('threads', (state) => (id ? state.threads.get(id)?.running === true : false));
  const order = useStore('threads', (state) => (id ? state.threads.get(id)?.order : undefined));
  // Told anew with each change of the chat, in any window.
  const chat = useStore('chats', ({ byId }) => (id ? byId.get(id) : undefined));
  const instructions = useStore('settings', ({ settings }) => settings?.systemPrompt);
  const notes = useScope(id);
  const files = useReadFiles(id ?? '');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the model, the chat and the instructions change what is counted
  useEffect(() => {
    const key = id ?? '';
    const messages = () => order?.map((line) => threads.getState().line(line).getState().message) ?? [];
    if (ledger.getState().chat !== key || !loaded) ledger.getState().set(key, null, messages());
    if (!loaded || !connected || running || draft.length > longest) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const attachments = files === '' ? [] : files.split(',');
      const asked = {
        conversationId: id,
        draft,
        attachments,
        ...(notes && { notes }),
        ...(id === null && { settings: own }),
      };
      // A count that cannot be had now is asked for again with the next change.
      const told = await api.chat.ledger(asked, { signal: abort.signal }).catch(() => null);
      if (!abort.signal.aborted) ledger.getState().set(key, told, messages());
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [
    api,
    ledger,
    threads,
    id,
    draft,
    notes,
    files,
    loaded,
    connected,
    running,
    order,
    chat,
    instructions,
    own,
  ]);
}

/** The ledger of a chat as it is known now; null for none. */
export const useLedgerOf = (id: string | null) =>
  useStore('ledger', ({ chat, ledger }) => (chat === (id ?? '') ? ledger : null));
