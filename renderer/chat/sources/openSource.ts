import type { Source } from '../../../electron/contract/noteSources.ts';
import type { Stores } from '../../app/stores.tsx';

/** Opens the note or the attached file at the passage, which is marked there. */
export function openSource(stores: Stores, source: Source): void {
  const { path, start, end } = source;
  if ('attachmentId' in source) stores.ui.getState().read({ id: source.attachmentId, start, end });
  else stores.notes.getState().openPassage({ folderId: source.folderId, path }, start, end);
}

/** Where a passage stands, in words: `Cabin/Power › Decision`. */
export function placeOf({ path, heading }: Pick<Source, 'path' | 'heading'>): string {
  const name = path.replace(/\.(md|markdown)$/i, '');
  // The first heading of a note is mostly its name once more.
  const [first = '', ...below] = heading.split(' › ');
  const own = name.split('/').at(-1)?.toLowerCase() === first.toLowerCase();
  return [name, ...(own ? [] : [first]), ...below].filter((part) => part !== '').join(' › ');
}
