import { readdir, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Job } from './jobRows.ts';
import { placeOf } from './names.ts';
import { isPartName, partPath, removePart } from './partFile.ts';

/** How deep in the models folder unfinished files can lie: owner, repository, two folders. */
const depth = 4;

/** Deletes what was fetched of a job that is given up, and the folders that are empty then. */
export async function removeUnfinished(modelsDir: string, job: Job): Promise<void> {
  const folder = dirname(join(modelsDir, ...placeOf(job.repo, job.file)));
  for (const { partId } of job.parts) await removePart(partPath(folder, partId));
  // Fails at the first folder that still holds something, which ends it.
  let at = folder;
  try {
    for (; at.length > modelsDir.length; at = dirname(at)) await rmdir(at);
  } catch {
    return;
  }
}

/** Deletes unfinished files that belong to no download, like those of a crash in the middle of giving up. */
export async function sweepUnfinished(
  modelsDir: string,
  isKnown: (partId: string) => boolean,
): Promise<void> {
  const visit = async (folder: string, left: number): Promise<void> => {
    const found = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of found) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && left > 0) await visit(path, left - 1);
      else if (isPartName(entry.name) && !isKnown(entry.name.slice(1, -'.part'.length)))
        await removePart(path);
    }
  };
  await visit(modelsDir, depth).catch(() => {});
}
