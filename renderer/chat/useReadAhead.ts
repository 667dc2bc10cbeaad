import { useEffect } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { scopeOf } from './sources/useScope.ts';
import { modelChoice } from './useModelChoice.ts';

/** Somebody who only looks in is gone again by then, ms. */
const pauseMs = 300;

/**
 * Lets the model read what is certain of the next prompt: when a chat is opened, when its answer has ended, and when
 * words are begun. It ends by itself when something is really asked, and when the chat is left.
 */
export function useReadAhead(id: string | null, writing: boolean): void {
  const stores = useStores();
  const loaded = useStore('engine', (state) => loadedModelId(state.engine));
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const leaf = useStore('chats', ({ byId }) => (id ? byId.get(id)?.leafId : null));
  const running = useStore('threads', (state) => (id ? state.threads.get(id)?.running === true : false));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another branch, and the first word, are reasons to read
  useEffect(() => {
    if (!loaded || !connected || running) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const wish = { modelId: modelChoice(stores), notes: scopeOf(stores, id) };
      // What cannot be read ahead is read when it is asked; then it is told why.
      stores.api.chat.prepare({ conversationId: id, ...wish }, { signal: abort.signal }).catch(() => {});
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [stores, id, writing, loaded, connected, running, leaf]);
}
