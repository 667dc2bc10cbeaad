import { Worker } from 'node:worker_threads';
import { toStorageError } from './storageErrors.ts';

// As text: a thread of its own file would need a bundle of its own in each host.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  try {
    const db = new DatabaseSync(workerData.path, { timeout: 500, defensive: true });
    let rows = [];
    try {
      for (const sql of workerData.sql) db.exec(sql);
      for (const sql of workerData.queries) rows.push(...db.prepare(sql).all());
    } finally { db.close(); }
    parentPort.postMessage({ rows });
  } catch (error) {
    parentPort.postMessage({ error: { message: error.message, code: error.code, errcode: error.errcode } });
  }
`;

interface Outcome {
  readonly rows?: readonly object[];
  readonly error?: { readonly message: string };
}

/**
 * Runs statements and then queries on a database file that nobody writes, in a thread of its own; resolves to the rows
 * of all queries. Throws storage errors.
 */
export async function runSqlApart(
  path: string,
  sql: readonly string[],
  queries: readonly string[] = [],
): Promise<readonly object[]> {
  const { rows = [], error } = await new Promise<Outcome>((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { path, sql, queries } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that works on the database ended.')));
  });
  if (error) throw toStorageError(Object.assign(new Error(error.message), error));
  return rows;
}
