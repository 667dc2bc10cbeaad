import { useEffect, useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import type { Waiting } from '../../stores/attachments.ts';
import { loadedModelId } from '../../stores/engine.ts';

/** What an attachment takes of the loaded model's window; `whole`: it is short enough to be read from beginning to end. */
export interface FileSize {
  readonly tokens: number | null;
  readonly whole: boolean;
}

const none: ReadonlyMap<string, FileSize> = new Map();

const idsOf = (waiting: readonly Waiting[] = []): string =>
  waiting.flatMap((each) => (each.state === 'ready' ? [each.attachment.id] : [])).join();

/** The ids of the files that are read in the composer of a chat, joined by commas. */
export const useReadFiles = (chat: string): string =>
  useStore('attachments', (state) => idsOf(state.waiting[chat]));

/** The sizes of the files in a composer, by the loaded model's own tokenizer; none while no model is loaded. */
export function useFileSizes(chat: string): ReadonlyMap<string, FileSize> {
  const { api } = useStores();
  const loaded = useStore('engine', (state) => loadedModelId(state.engine));
  const [sizes, setSizes] = useState(none);
  const ids = useReadFiles(chat);
  useEffect(() => {
    if (!loaded || ids === '') return setSizes(none);
    const abort = new AbortController();
    api.chat.measureFiles({ ids: ids.split(',') }, { signal: abort.signal }).then(
      (answer) => {
        if (!abort.signal.aborted)
          setSizes(new Map(answer?.files.map(({ id, ...size }) => [id, size]) ?? []));
      },
      // The chips show the size in bytes or pages; the next change asks again.
      () => {},
    );
    return () => abort.abort();
  }, [api, loaded, ids]);
  return sizes;
}
