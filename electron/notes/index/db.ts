import type { DatabaseSync } from 'node:sqlite';
import { createDatabase, type Database } from '../../base/database.ts';
import { InklingError } from '../../contract/errors.ts';

/** The database of the index. */
export type Db = Database;

/** Wraps a connection; what SQLite throws comes as an `InklingError`, `storage_damaged` where the file is broken. */
export const createDb = (raw: DatabaseSync): Db => createDatabase(raw, toIndexError);

/** Turns what SQLite threw into words; the notes themselves are never concerned. */
export function toIndexError(error: unknown): unknown {
  const { code, errcode, message } = (error ?? {}) as {
    code?: unknown;
    errcode?: unknown;
    message?: unknown;
  };
  const details = { reason: String(message) };
  if (code === 'ENOSPC' || code === 'EDQUOT') return full(details);
  if (typeof code === 'string' && /^E[A-Z0-9]+$/.test(code)) return failed(details);
  if (code !== 'ERR_SQLITE_ERROR' || typeof errcode !== 'number') return error;
  // The low byte is the kind, the rest says where it happened.
  switch (errcode & 0xff) {
    case 13: // FULL
      return full(details);
    case 11: // CORRUPT
    case 26: // NOTADB
      return new InklingError(
        'storage_damaged',
        'The index of your notes is damaged. It is made anew from them.',
        details,
      );
    case 5: // BUSY
    case 6: // LOCKED
      return new InklingError(
        'storage_locked',
        'Another Inkling has the index of your notes open. Nothing was changed. Close the other one.',
        details,
      );
    case 8: // READONLY
    case 10: // IOERR
    case 14: // CANTOPEN
      return failed(details);
    default:
      return error;
  }
}

const full = (details: { reason: string }) =>
  new InklingError(
    'storage_full',
    'The disk is full, so the index of your notes cannot grow. Your notes are as they were. Free some space; indexing goes on by itself.',
    details,
  );

const failed = (details: { reason: string }) =>
  new InklingError(
    'storage_failed',
    'The index of your notes cannot be written. Your notes are as they were. Check the disk and the rights of the data folder.',
    details,
  );
