import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { InklingError } from '../../contract/errors.ts';

/** The database of the index: statements prepared once, rows typed by the caller. */
export interface Db {
  run(sql: string, ...values: SQLInputValue[]): { readonly changes: number; readonly id: number };
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  exec(sql: string): void;
  /** Runs `work` as a whole or not at all; inside another transaction it joins that one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Wraps a connection; what SQLite throws comes as an `InklingError`, `storage_damaged` where the file is broken. */
export function createDb(raw: DatabaseSync): Db {
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      statement = raw.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw toIndexError(error);
    }
  };
  return {
    run: (sql, ...values) =>
      guard(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),
    get: <Row>(sql: string, ...values: SQLInputValue[]) =>
      guard(() => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: SQLInputValue[]) => guard(() => prepare(sql).all(...values) as Row[]),
    exec: (sql) => guard(() => raw.exec(sql)),
    transaction(work) {
      if (raw.isTransaction) return work();
      try {
        raw.exec('BEGIN IMMEDIATE');
        const result = work();
        raw.exec('COMMIT');
        return result;
      } catch (error) {
        if (raw.isTransaction) raw.exec('ROLLBACK');
        throw toIndexError(error);
      }
    },
    close() {
      statements.clear();
      raw.close();
    },
  };
}

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
