import { InklingError } from '../../contract/errors.ts';
import type { Network } from '../network/createNetwork.ts';
import { VersionChanged } from './fetchFile.ts';
import type { FilePart, Job } from './jobRows.ts';
import type { Patience } from './patience.ts';
import { type ResolvedFile, resolveFile } from './resolveFile.ts';

/** Where the bytes of one file come from, asked of the hub whenever the address is not good any more. */
export interface FileSource {
  /** Asks the hub and pins what it says. True if it has another version than the one begun. */
  pin(signal: AbortSignal): Promise<boolean>;
  /** An address that is not the `stale` one. Throws {@link VersionChanged}. */
  address(stale: URL | null, signal: AbortSignal): Promise<URL>;
}

/** Makes the source of a part; the job's commit decides which version that is. */
export function createFileSource(options: {
  readonly network: Network;
  readonly job: Job;
  readonly part: FilePart;
  readonly patience: Patience;
}): FileSource {
  const { network, job, part, patience } = options;
  let current: URL | null = null;
  let renewing: Promise<URL> | null = null;

  /** With patience for a hub that does not answer or wants a pause. */
  const ask = async (signal: AbortSignal): Promise<ResolvedFile> => {
    for (;;) {
      await patience.ready(signal);
      try {
        return await resolvePinned(network, job, part.file, signal);
      } catch (error) {
        await patience.after(error, signal);
      }
    }
  };
  const use = (resolved: ResolvedFile): URL => {
    const { host } = resolved.url;
    // The hash says that it is the same file: another server may give it another name.
    if (part.host !== host && part.sha256 !== null) part.etag = null;
    part.host = host;
    current = resolved.url;
    return current;
  };
  const renew = async (signal: AbortSignal): Promise<URL> => {
    const resolved = await ask(signal);
    if (resolved.size !== part.size || resolved.sha256 !== part.sha256) throw new VersionChanged();
    return use(resolved);
  };

  return {
    async pin(signal) {
      const resolved = await ask(signal);
      const begun = part.size !== null;
      // Without a hash, only the same commit or the server's own name for the version can tell.
      const traceable = job.commit === null ? part.etag !== null : job.commit === resolved.commit;
      const sameBytes =
        resolved.size === part.size &&
        resolved.sha256 === part.sha256 &&
        (resolved.sha256 !== null || traceable);
      part.size = resolved.size;
      part.sha256 = resolved.sha256;
      job.commit = resolved.commit;
      use(resolved);
      return begun && !sameBytes;
    },
    async address(stale, signal) {
      if (current && current !== stale) return current;
      renewing ??= renew(signal).finally(() => {
        renewing = null;
      });
      return renewing;
    },
  };
}

/** By the pinned commit; where the hub dropped that commit, by what the person asked for. */
async function resolvePinned(network: Network, job: Job, file: string, signal: AbortSignal) {
  const { repo, commit, revision } = job;
  try {
    return await resolveFile(network, { repo, file, revision: commit ?? revision }, signal);
  } catch (error) {
    if (commit === null || !(error instanceof InklingError) || error.code !== 'not_found') throw error;
    return resolveFile(network, { repo, file, revision }, signal);
  }
}
