import { openRoot } from '../files/openRoot.ts';
import type { Versions } from '../files/versions.ts';
import { fileAt } from '../index/fileRows.ts';
import type { IndexHandle } from '../index/indexHandle.ts';
import { dirOf } from '../index/names.ts';
import { removeFile } from '../index/noteRows.ts';
import { leaveToScrub } from '../index/scrub.ts';
import { applyDifferences } from './applyDifferences.ts';
import { compareDirs } from './compare.ts';
import type { Followed } from './followed.ts';
import type { Pace } from './pace.ts';
import type { Progress } from './progress.ts';
import { readChanged } from './readChanged.ts';
import type { SeenNote } from './readDir.ts';
import { tellStandIn } from './standIn.ts';

/** What all work on the index needs. */
export interface WorkPlace {
  readonly index: IndexHandle;
  readonly versions: Versions;
  readonly progress: Progress;
  readonly pace: Pace;
  readonly now: () => number;
}

/** Rows of folders that are not followed any more, removed in one go. */
const forgottenAtOnce = 100;

/** Compares what has to be compared of a folder; true if the index changed by it. */
export async function compareFolder(
  place: WorkPlace,
  folder: Followed,
  onChange: (dir: string) => void,
): Promise<boolean> {
  const { index, versions, progress, pace, now } = place;
  const { id } = folder.given;
  const { full } = folder;
  const dirs = full ? [''] : [...folder.dirty];
  folder.full = false;
  folder.dirty.clear();
  if (!folder.root) {
    const { root, problem } = openRoot(folder.given);
    progress.folderProblem(id, problem);
    if (!root) return false;
    folder.open(root, onChange);
  }
  const { root } = folder;
  if (!root) return false;
  const standIn = tellStandIn(index.db, root);
  if (standIn !== null) {
    progress.folderProblem(id, standIn);
    return false;
  }
  if (full) progress.work('comparing', 0, 0);
  const differences = await compareDirs({
    db: () => index.db,
    root,
    dirs,
    known: (dir) => !full && (folder.watch?.has(dir) ?? false),
    onDir: (dir) => folder.watch?.add(dir),
    pace,
    now,
  });
  if (folder.closed) return false;
  if (full || differences.problem !== null) progress.folderProblem(id, differences.problem);
  await applyDifferences({ index, versions, folder, differences, pace });
  return differences.added.length + differences.changed.length + differences.gone.length > 0;
}

/** Reads one file again whose bytes may have changed. */
export function readOne(place: WorkPlace, folder: Followed, seen: SeenNote): void {
  const { db } = place.index;
  const folderId = folder.given.id;
  const row = fileAt(db, { folderId, path: seen.path });
  if (!row || !folder.root) return;
  const outcome = readChanged({
    db,
    root: folder.root,
    row,
    seen,
    now: place.now(),
    takeGone: folder.takeGone,
    onMoved: (from) => place.versions.move({ folderId, path: from }, row.path),
  });
  if (row.hash !== null && (outcome === 'read' || outcome === 'skipped')) leaveToScrub(db, 'changed');
  if (outcome === 'gone') folder.dirty.add(dirOf(row.path));
}

/** Reads files until the slice of time is used up; returns how many. */
export function readSome(place: WorkPlace, folder: Followed): number {
  let count = 0;
  place.index.db.transaction(() => {
    for (let seen = folder.nextToRead(); seen; seen = place.pace.due ? undefined : folder.nextToRead()) {
      readOne(place, folder, seen);
      count++;
    }
  });
  return count;
}

/** Takes some notes out of the index that lie in other folders than these; false if there are none (left). */
export function forgetOthers({ index }: WorkPlace, folderIds: readonly string[]): boolean {
  const rows = index.db.all<{ id: number }>(
    'SELECT id FROM files WHERE folder NOT IN (SELECT value FROM json_each(?)) LIMIT ?',
    JSON.stringify(folderIds),
    forgottenAtOnce,
  );
  if (rows.length === 0) return false;
  index.db.transaction(() => {
    for (const { id } of rows) removeFile(index.db, id);
    leaveToScrub(index.db, 'removed');
  });
  return true;
}
