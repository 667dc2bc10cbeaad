import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { toStorageError } from './storageErrors.ts';

/** The database as the services use it: prepared once, typed by the caller, with errors a person can read. */
export interface Db {
  readonly raw: DatabaseSync;
  run(sql: string, ...values: SQLInputValue[]): number;
  get<Row>(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SQLInputValue[]): Row[];
  exec(sql: string): void;
  /** Runs `work` as a whole or not at all; inside another transaction it joins that one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/** Wraps a connection. `onWrite` hears how each outermost transaction ended (null when it was kept). */
export function createDb(raw: DatabaseSync, onWrite: (error: unknown) => void = () => {}): Db {
  const statements = new Map<string, StatementSync>();
  let inside = false;

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
      throw toStorageError(error);
    }
  };

  return {
    raw,
    run: (sql, ...values) => guard(() => Number(prepare(sql).run(...values).changes)),
    get: <Row>(sql: string, ...values: SQLInputValue[]) =>
      guard(() => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: SQLInputValue[]) => guard(() => prepare(sql).all(...values) as Row[]),
    exec: (sql) => guard(() => raw.exec(sql)),
    transaction(work) {
      if (inside) return work();
      inside = true;
      try {
        raw.exec('BEGIN IMMEDIATE');
        const result = work();
        raw.exec('COMMIT');
        onWrite(null);
        return result;
      } catch (thrown) {
        if (raw.isTransaction) raw.exec('ROLLBACK');
        const error = toStorageError(thrown);
        onWrite(error);
        throw error;
      } finally {
        inside = false;
      }
    },
    close() {
      statements.clear();
      raw.close();
    },
  };
}
