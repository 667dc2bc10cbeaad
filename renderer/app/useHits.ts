import { useEffect, useState } from 'react';
import type { SearchHit } from '../../electron/contract/conversations.ts';
import { readSearch } from './searchWords.ts';
import { useStore, useStores } from './stores.tsx';

const pauseMs = 90;
const recentChats = 6;
const nothing = { query: '', hits: [] };

/** With nothing typed, the newest chats; else what the app finds in titles and texts: the last found until it answers. */
export function useHits(query: string): {
  readonly hits: readonly SearchHit[];
  readonly searching: boolean;
} {
  const { api } = useStores();
  const recent = useStore('chats', (state) => state.sorted);
  const [found, setFound] = useState<{ readonly query: string; readonly hits: readonly SearchHit[] }>(
    nothing,
  );
  const asked = query.trim();
  useEffect(() => {
    if (!asked) return setFound(nothing);
    const { words, filters } = readSearch(asked, Date.now());
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { hits } = await api.conversations.search({ query: words, filters }, { signal: abort.signal });
        setFound({ query: asked, hits });
      } catch {
        if (!abort.signal.aborted) setFound({ query: asked, hits: [] });
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, asked]);
  if (asked) return { hits: found.hits, searching: found.query !== asked };
  const newest = recent.filter(({ archived }) => !archived).slice(0, recentChats);
  return {
    hits: newest.map((conversation) => ({ conversation, messageId: null, snippet: '' })),
    searching: false,
  };
}
