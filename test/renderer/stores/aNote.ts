import type { NoteEntry } from '../../../electron/contract/notes.ts';

/** An entry of the list of notes, with the title that its file's name gives. */
export const aNote = (path: string, rest: Partial<NoteEntry> = {}): NoteEntry => ({
  folderId: 'f',
  path,
  title: path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/, ''),
  size: 1,
  modifiedAt: 1,
  skipped: null,
  ...rest,
});
