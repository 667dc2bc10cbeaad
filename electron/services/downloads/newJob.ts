import { newId } from '../conversations/newId.ts';
import type { Job } from './jobRows.ts';
import { newPartId } from './partFile.ts';

/** A download that waits for its turn, of a model's files in their order. */
export function newJob(repo: string, files: readonly string[], revision: string): Job {
  return {
    id: newId(),
    repo,
    file: files[0] ?? '',
    createdAt: Date.now(),
    state: 'queued',
    revision,
    commit: null,
    parts: files.map((file) => ({
      file,
      size: null,
      sha256: null,
      etag: null,
      host: null,
      partId: newPartId(),
      done: [],
      placed: false,
    })),
    check: 'pending',
    problem: null,
    note: null,
  };
}
