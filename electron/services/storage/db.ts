import type { DatabaseSync } from 'node:sqlite';
import { createDatabase, type Database, type SqlValue } from '../../base/database.ts';
import { toStorageError } from './storageErrors.ts';

/** The database as the services use it, with errors a person can read. `run` answers how many rows changed. */
export interface Db extends Omit<Database, 'run'> {
  readonly raw: DatabaseSync;
  run(sql: string, ...values: SqlValue[]): number;
}

/** Wraps a connection. `onWrite` hears how each outermost transaction ended (null when it was kept). */
export function createDb(raw: DatabaseSync, onWrite?: (error: unknown) => void): Db {
  const database = createDatabase(raw, toStorageError, onWrite);
  return { ...database, raw, run: (sql, ...values) => database.run(sql, ...values).changes };
}
