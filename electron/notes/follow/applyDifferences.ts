import type { Versions } from '../files/versions.ts';
import { addFile, type FileRow, fileAt } from '../index/fileRows.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { moveFile } from '../index/noteRows.ts';
import type { Differences } from './compare.ts';
import type { Followed } from './followed.ts';
import type { Pace } from './pace.ts';
import type { SeenNote } from './readDir.ts';

/** Rows that are written in one go. */
const batch = 300;

/** Brings what a comparison found into the index: moved notes at once, new ones to be listed and read. */
export async function applyDifferences(options: {
  readonly index: IndexHandle;
  readonly versions: Versions;
  readonly folder: Followed;
  readonly differences: Differences;
  readonly pace: Pace;
}): Promise<void> {
  const { index, versions, folder, differences, pace } = options;
  const folderId = folder.given.id;
  const goneByPlace = new Map<string, FileRow>();
  // A file that changed just before it was read may hold other bytes than those that were read.
  for (const row of differences.gone)
    if (row.hash !== null && row.changed !== '') goneByPlace.set(row.place, row);
  const fresh: SeenNote[] = [];
  const moved = new Set<number>();
  for (let from = 0; from < differences.added.length; from += batch) {
    index.db.transaction(() => {
      for (const seen of differences.added.slice(from, from + batch)) {
        const gone = seen.skipped === null ? goneByPlace.get(seen.stamp.place) : undefined;
        // A call may have changed either since they were compared.
        const row = gone && fileAt(index.db, { folderId, path: gone.path });
        if (row?.id === gone?.id && row && !fileAt(index.db, { folderId, path: seen.path })) {
          goneByPlace.delete(row.place);
          moved.add(row.id);
          // Size and time are trusted for now; the next comparison looks at the bytes.
          moveFile(index.db, row, seen.path, { ...seen.stamp, changed: '' });
          versions.move({ folderId, path: row.path }, seen.path);
        } else {
          addFile(index.db, { folderId, path: seen.path }, seen.stamp);
          fresh.push(seen);
        }
      }
    });
    await pace.breathe();
  }
  folder.addGone(differences.gone.filter(({ id }) => !moved.has(id)));
  folder.addToRead([...fresh, ...differences.changed.map(({ seen }) => seen)]);
  folder.dropGone(index.db);
}
