import { useEffect, useState } from 'react';
import type { SearchedNote } from '../../../electron/contract/noteSources.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { errorText } from '../../stores/errorText.ts';

const pauseMs = 80;
const none: Found = { words: '', hits: [], problem: '' };

interface Found {
  readonly words: string;
  readonly hits: readonly SearchedNote[];
  readonly problem: string;
}

/** Searches all notes as it is typed. The last found stay until the next are here; asked again when the index changes. */
export function useNoteSearch(query: string): Found & { readonly searching: boolean } {
  const { api } = useStores();
  const version = useStore('notes', ({ state }) => state?.index.version);
  const [found, setFound] = useState(none);
  const words = query.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another index may find other notes
  useEffect(() => {
    if (!words) return setFound(none);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { hits } = await api.notes.search({ query: words, limit: 50 }, { signal: abort.signal });
        setFound({ words, hits, problem: '' });
      } catch (error) {
        if (!abort.signal.aborted) setFound({ words, hits: [], problem: errorText(error) });
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, words, version]);
  return { ...found, searching: found.words !== words };
}
