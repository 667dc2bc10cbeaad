import { join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import type { Storage } from '../storage/openStorage.ts';
import { type Job, readJobs } from './jobRows.ts';
import { placeOf } from './names.ts';

/** The hashes of models that were fetched and verified, one for each part, by the path of the first. */
export function readyHashes(
  storage: Pick<Storage, 'connection'>,
  modelsDir: string,
): { path: string; sha256: string[] }[] {
  return readyJobs(storage).flatMap(({ repo, file, parts }) => {
    const sha256 = parts.flatMap((part) => part.sha256 ?? []);
    if (sha256.length !== parts.length) return [];
    return [{ path: join(modelsDir, ...placeOf(repo, file)), sha256 }];
  });
}

function readyJobs(storage: Pick<Storage, 'connection'>): Job[] {
  try {
    const { jobs } = readJobs(storage.connection());
    return jobs.filter(({ state, check }) => state === 'ready' && check === 'verified');
  } catch (error) {
    // Stored data that cannot be opened is told by the storage; models are listed all the same.
    if (!(error instanceof InklingError)) throw error;
    return [];
  }
}
