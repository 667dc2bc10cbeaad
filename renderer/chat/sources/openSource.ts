import type { Passage } from '../../../electron/contract/notes.ts';
import type { Stores } from '../../app/stores.tsx';

/** Opens the note at the passage, which is marked there. */
export function openSource(
  stores: Stores,
  passage: Pick<Passage, 'folderId' | 'path' | 'start' | 'end'>,
): void {
  const { folderId, path, start, end } = passage;
  stores.notes.getState().openPassage({ folderId, path }, start, end);
}

/** Where a passage stands, in words: `Cabin/Power › Decision`. */
export function placeOf({ path, heading }: Pick<Passage, 'path' | 'heading'>): string {
  const name = path.replace(/\.(md|markdown)$/i, '');
  // The first heading of a note is mostly its name once more.
  const [first = '', ...below] = heading.split(' › ');
  const own = name.split('/').at(-1)?.toLowerCase() === first.toLowerCase();
  return [name, ...(own ? [] : [first]), ...below].filter((part) => part !== '').join(' › ');
}
