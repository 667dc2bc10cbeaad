import type { CatalogModel } from '../../electron/contract/hub.ts';
import { useStore } from '../app/stores.tsx';
import { offeredFile } from './modelWords.ts';
import { findFile } from './runDownloaded.ts';

/** The id of the first chat model that runs well here and is neither here nor on its way: the one button to stand out. */
export function useFirstToFetch(models: readonly CatalogModel[]): string | null {
  const library = useStore('library', (state) => state.library);
  const onTheWay = useStore('downloads', ({ downloads }) =>
    [...new Set(downloads?.map(({ repo }) => repo))].sort().join(' '),
  );
  const taken = new Set(onTheWay.split(' '));
  const first = models.find(({ kind, gate, repo, files, recommended }) => {
    const file = offeredFile(files, recommended);
    if (!file || kind !== 'chat' || file.fit.word !== 'well' || taken.has(repo)) return false;
    if (gate === 'auto' || gate === 'manual') return false;
    return !findFile(library?.models ?? [], { repo, file: file.file, size: file.size });
  });
  return first?.id ?? null;
}
