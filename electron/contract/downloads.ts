import { z } from 'zod';
import { id, nothing, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';

/** A repository of the hub: `owner/name`. */
export const repoName = z
  .string()
  .max(193)
  .regex(/^(?!\.)[\w.-]{1,96}\/(?!\.)[\w.-]{1,96}$/, 'not the name of a repository');
/** A file in a repository, with `/` between folders; whether it may be a file here is checked by the service. */
export const repoFile = z.string().min(1).max(512);
/** A branch, tag or commit. */
export const revision = z.string().regex(/^(?!.*\.\.)[\w./-]{1,128}$/, 'not a revision');

/**
 * One model on its way from the hub. `received` counts bytes on disk, `checked` those that went through the hash.
 * `paused` and `failed` keep what was fetched and go on with `resume`; `problem` says why they stopped.
 */
export const download = z.object({
  id,
  repo: repoName,
  /** The file that was asked for; of a split model its first part. */
  file: repoFile,
  state: z.enum(['queued', 'resolving', 'downloading', 'verifying', 'ready', 'paused', 'failed']),
  createdAt: timestamp,
  /** The commit whose bytes these are; null until the hub said. */
  commit: z.string().nullable(),
  /** Files that make up the model: 1, or the parts of a split one. */
  parts: z.int().min(1),
  /** Bytes of all parts; null until the hub said. */
  size: z.number().nullable(),
  received: z.number(),
  checked: z.number(),
  /** Bytes a second over the last seconds; null while nothing moves. */
  speed: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** When the hub may be asked again (it asked to wait, or did not answer); null if nothing is waited for. */
  retryAt: timestamp.nullable(),
  /** `verified` once the hash matched; `unverified`: the hub gave no hash, only the size could be checked. */
  check: z.enum(['pending', 'verified', 'unverified']),
  /** Why it is paused or failed; null if the person paused it, or all is well. */
  problem: failure.nullable(),
  /** Something the person should know, like that it started over because the hub has another version now. */
  note: z.string().nullable(),
  /** Where the model lies; null until it is ready. */
  path: path.nullable(),
});
export type Download = z.infer<typeof download>;

export const downloads = {
  /** All downloads, oldest first, now and at most ten times a second while they change. */
  watch: stream(nothing, z.object({ downloads: z.array(download) })),
  /**
   * Fetches a model into the models folder. A file that is already on its way is that download again; a paused or
   * failed one goes on. Fails with `bad_input` for a name that may not be a file here, `storage_full`, `conflict`.
   */
  start: method(z.object({ repo: repoName, file: repoFile, revision: revision.optional() }), download),
  pause: method(z.object({ id }), download),
  resume: method(z.object({ id }), download),
  /** Ends a download and deletes what was fetched of it; a ready model stays (then this is `remove`). */
  cancel: method(z.object({ id }), z.null()),
  /** Takes a ready or failed download off the list; the model's file stays, a failed one's pieces go. */
  remove: method(z.object({ id }), z.null()),
};
