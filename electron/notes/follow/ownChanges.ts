import type { NoteRef } from '../../contract/noteRef.ts';
import { addFile, fileAt } from '../index/fileRows.ts';
import { dirOf } from '../index/names.ts';
import { moveFile } from '../index/noteRows.ts';
import { readOne, type WorkPlace } from './folderWork.ts';
import type { Followed } from './followed.ts';
import { lookAtNote } from './readDir.ts';

/** Notes longer than this, in bytes, are not read while a call waits. */
const longNote = 300_000;

/** What the index learns of changes that we make ourselves, at once. */
export function createOwnChanges(deps: {
  readonly place: WorkPlace;
  readonly folder: (id: string) => Followed | undefined;
  /** A part of the folder is to be looked at. */
  readonly onChange: (folder: Followed, dir: string) => void;
  /** The index holds something else than before. */
  readonly changed: () => void;
}) {
  const { place, onChange, changed } = deps;
  const { index, now } = place;
  return {
    touch({ folderId, path }: NoteRef) {
      const folder = deps.folder(folderId);
      if (!folder?.root) return;
      const { db } = index;
      const seen = lookAtNote(folder.root, path, now());
      // Its folder may be a new one that is not followed yet.
      if (!folder.watch?.has(dirOf(path))) onChange(folder, dirOf(path));
      if (!seen) return onChange(folder, dirOf(path));
      if (!fileAt(db, { folderId, path })) addFile(db, { folderId, path }, seen.stamp);
      folder.toRead.delete(path);
      if (seen.stamp.size > longNote) folder.addToRead([seen]);
      else db.transaction(() => readOne(place, folder, seen));
      changed();
    },
    moved({ folderId, path }: NoteRef, to: string) {
      const folder = deps.folder(folderId);
      const row = fileAt(index.db, { folderId, path });
      const seen = folder?.root && lookAtNote(folder.root, to, now());
      if (folder) onChange(folder, dirOf(to));
      if (!row || !seen || fileAt(index.db, { folderId, path: to })) return;
      moveFile(index.db, row, to, seen.stamp);
      changed();
    },
  };
}
