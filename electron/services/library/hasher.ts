import { createLock } from '../../base/lock.ts';
import type { Api } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import { type ScanContract, scanContract } from '../../engine/scan/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';

/** Hashes whole files in a process of its own, so that nothing else waits for gigabytes. */
export interface Hasher {
  /** One file at a time; ends with the hash. Throws `model_missing`, `model_invalid` or the signal's reason. */
  hash(path: string, signal: AbortSignal): AsyncIterable<{ read: number; sha256: string | null }>;
  close(): void;
}

/** Makes a {@link Hasher}; its process lives only while there is something to hash. */
export function createHasher(options: { spawn: SpawnChild; entry: string }): Hasher {
  const turns = createLock();
  let running: { child: Child; api: Api<ScanContract>['scan'] } | undefined;

  const start = () => {
    const child = options.spawn(options.entry);
    running = { child, api: connect(scanContract, child.port).scan };
    return running;
  };
  const stop = () => {
    running?.child.kill();
    running = undefined;
  };
  return {
    async *hash(path, signal) {
      const release = await turns.acquire(signal);
      try {
        yield* start().api.hash({ path }, { signal });
      } catch (error) {
        // To the window a lost connection would be that of Inkling itself.
        if (!(error instanceof InklingError) || error.code !== 'connection_lost') throw error;
        throw new InklingError(
          'model_invalid',
          'The process that reads the file stopped. The file is as it was; try again.',
        );
      } finally {
        stop();
        release();
      }
    },
    close: stop,
  };
}
