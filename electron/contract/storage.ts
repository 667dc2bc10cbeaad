import { z } from 'zod';
import { id, nothing, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';

/** A copy of the database that was opened and checked after it was made. */
export const backup = z.object({
  id,
  createdAt: timestamp,
  size: z.number(),
  schema: z.int(),
  reason: z.enum(['manual', 'migration', 'restore', 'daily']),
  conversations: z.int(),
  messages: z.int(),
});
export type Backup = z.infer<typeof backup>;

/** Whether what the person writes is being kept. */
export const storageStatus = z.object({
  state: z.enum(['ok', 'failing', 'damaged']),
  /** `failing`: writes fail now and are tried again. `damaged`: the database cannot be opened; nothing was changed. */
  problem: failure.nullable(),
  /** Where a damaged original was put aside, if one was. */
  setAside: path.nullable(),
  /** Messages found damaged so far. */
  damagedMessages: z.int(),
  dataDir: path,
});
export type StorageStatus = z.infer<typeof storageStatus>;

/** A damaged database that was put aside; it may hold chats that were deleted since. */
export const setAsideFile = z.object({
  /** Its name in the data folder. */
  name: z.string().min(1).max(255),
  size: z.number(),
  changedAt: timestamp,
});
export type SetAsideFile = z.infer<typeof setAsideFile>;

export const storage = {
  watch: stream(nothing, storageStatus),
  backups: method(nothing, z.object({ backups: z.array(backup) })),
  backup: method(nothing, backup),
  /** Puts a verified backup in place; what was there is kept as a backup of its own (or set aside, if damaged). */
  restore: method(z.object({ id }), z.null()),
  /** Only when damaged: sets the damaged file aside and starts with an empty one. */
  startFresh: method(nothing, z.null()),
  /** The damaged databases that were put aside. */
  setAside: method(nothing, z.object({ files: z.array(setAsideFile) })),
  /** What is kept of chats that a model has read, so that they go on at once: how many files, and their bytes. */
  states: method(nothing, z.object({ files: z.int(), size: z.number() })),
  /** Deletes all of that; the next answer in a chat reads it again. */
  clearStates: method(nothing, z.null()),
  /** Deletes one of them for good. */
  deleteSetAside: method(z.object({ name: setAsideFile.shape.name }), z.null()),
};
