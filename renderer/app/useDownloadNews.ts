import { useEffect } from 'react';
import type { Download } from '../../electron/contract/downloads.ts';
import { modelNameOf } from '../models/downloadWords.ts';
import { runDownloaded } from '../models/runDownloaded.ts';
import { endedSince } from '../stores/downloads.ts';
import { shorten } from './actions.ts';
import { type Stores, useStores } from './stores.tsx';

/** Says in a toast when a download is ready or has failed, wherever the person is. */
export function useDownloadNews(): void {
  const stores = useStores();
  useEffect(
    () =>
      stores.downloads.subscribe(({ downloads }, before) => {
        if (downloads === before.downloads || !downloads || !before.downloads) return;
        for (const ended of endedSince(before.downloads, downloads)) tell(stores, ended);
      }),
    [stores],
  );
}

function tell(stores: Stores, ended: Download): void {
  const { toasts, hub, route } = stores;
  const { catalog } = hub.getState();
  const model = catalog.state === 'ready' ? catalog.value.find(({ repo }) => repo === ended.repo) : undefined;
  const name = `“${shorten(model?.name ?? modelNameOf(ended.file))}”`;
  if (ended.state === 'ready') {
    const words = ended.check === 'verified' ? 'is here, and every byte is verified.' : 'is here.';
    const action = { label: 'Use', run: () => void runDownloaded(stores, ended) };
    const usable = (model?.kind ?? 'chat') === 'chat';
    toasts.getState().show(`${name} ${words}`, { ms: 10_000, ...(usable ? { action } : {}) });
    return;
  }
  toasts.getState().show(`The download of ${name} stopped. ${ended.problem?.message ?? ''}`.trim(), {
    tone: 'bad',
    ms: 10_000,
    action: { label: 'Show', run: () => route.getState().go({ screen: 'models', tab: 'discover' }) },
  });
}
