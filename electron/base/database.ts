/** What SQLite takes and gives. */
export type SqlValue = null | number | bigint | string | Uint8Array;

interface Statement {
  run(...values: SqlValue[]): {
    readonly changes: number | bigint;
    readonly lastInsertRowid: number | bigint;
  };
  get(...values: SqlValue[]): unknown;
  all(...values: SqlValue[]): unknown[];
}

/** An open connection, as Node gives it. */
export interface Connection {
  readonly isTransaction: boolean;
  prepare(sql: string): Statement;
  exec(sql: string): void;
  close(): void;
}

/** A database: statements prepared once, rows typed by the caller. */
export interface Database {
  run(sql: string, ...values: SqlValue[]): { readonly changes: number; readonly id: number };
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...values: SqlValue[]): Row[];
  exec(sql: string): void;
  /** Runs `work` as a whole or not at all; inside another transaction it joins that one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

/**
 * Wraps a connection; whatever is thrown comes as `toError` says. `onWrite` hears how each outermost transaction ended
 * (null when it was kept).
 */
export function createDatabase(
  raw: Connection,
  toError: (thrown: unknown) => unknown,
  onWrite: (error: unknown) => void = () => {},
): Database {
  const statements = new Map<string, Statement>();
  const prepare = (sql: string): Statement => {
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
      throw toError(error);
    }
  };
  return {
    run: (sql, ...values) =>
      guard(() => {
        const { changes, lastInsertRowid } = prepare(sql).run(...values);
        return { changes: Number(changes), id: Number(lastInsertRowid) };
      }),
    get: <Row>(sql: string, ...values: SqlValue[]) =>
      guard(() => prepare(sql).get(...values) as Row | undefined),
    all: <Row>(sql: string, ...values: SqlValue[]) => guard(() => prepare(sql).all(...values) as Row[]),
    exec: (sql) => guard(() => raw.exec(sql)),
    transaction(work) {
      if (raw.isTransaction) return work();
      try {
        raw.exec('BEGIN IMMEDIATE');
        const result = work();
        raw.exec('COMMIT');
        onWrite(null);
        return result;
      } catch (thrown) {
        if (raw.isTransaction) raw.exec('ROLLBACK');
        const error = toError(thrown);
        onWrite(error);
        throw error;
      }
    },
    close() {
      statements.clear();
      raw.close();
    },
  };
}
