import { InklingError } from '../../contract/errors.ts';

/** What a person reads when writing fails; the text on screen stays in memory meanwhile. */
const full =
  'The disk is full, so Inkling cannot save. Nothing saved before is lost, and what is on screen is kept while Inkling runs. Free some space; saving goes on by itself.';
const failed =
  'Inkling cannot save to its data folder. Nothing saved before is lost, and what is on screen is kept while Inkling runs. Check the disk and the rights of the folder; saving is tried again by itself.';
const damaged =
  'A part of the stored chats cannot be read. The file is left as it is. Look in the settings for a backup to restore.';
const locked =
  'Another Inkling is using this data folder. Nothing was changed. Close the other one, or choose another folder with --data-dir.';

interface SystemError {
  readonly code?: unknown;
  readonly errcode?: unknown;
  readonly message?: unknown;
}

/** Turns what SQLite or the file system threw into an {@link InklingError} a person understands; all else comes back as it was. */
export function toStorageError(error: unknown): unknown {
  if (error instanceof InklingError || typeof error !== 'object' || error === null) return error;
  const { code, errcode, message } = error as SystemError;
  const details = { reason: String(message) };
  if (code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number') {
    // The low byte is the kind, the rest says where it happened.
    switch (errcode & 0xff) {
      case 13: // FULL
        return new InklingError('storage_full', full, details);
      case 7: // NOMEM
      case 8: // READONLY
      case 10: // IOERR
      case 14: // CANTOPEN
      case 23: // AUTH: the operating system refused
        return new InklingError('storage_failed', failed, details);
      case 11: // CORRUPT
      case 26: // NOTADB
        return new InklingError('storage_damaged', damaged, details);
      case 5: // BUSY
      case 6: // LOCKED
        return new InklingError('storage_locked', locked, details);
      default:
        return error;
    }
  }
  // A number too large for JavaScript: we never write one.
  if (code === 'ERR_OUT_OF_RANGE') return new InklingError('storage_damaged', damaged, details);
  if (code === 'ENOSPC' || code === 'EDQUOT') return new InklingError('storage_full', full, details);
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code))
    return new InklingError('storage_failed', failed, details);
  return error;
}

/** True for failures that pass when the disk recovers, so trying again makes sense. */
export function isRetryable(error: unknown): boolean {
  return error instanceof InklingError && (error.code === 'storage_full' || error.code === 'storage_failed');
}
