import { Worker } from 'node:worker_threads';
import { toStorageError } from './storageErrors.ts';

// As text: a thread of its own file would need a bundle of its own in each host.
const program = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  try {
    const db = new DatabaseSync(workerData.path, { timeout: 500, defensive: true });
    try { for (const sql of workerData.sql) db.exec(sql); } finally { db.close(); }
    parentPort.postMessage(null);
  } catch (error) {
    parentPort.postMessage({ message: error.message, code: error.code, errcode: error.errcode });
  }
`;

/** Runs statements on a database file that nobody has open, in a thread of its own. Throws storage errors. */
export async function runSqlApart(path: string, sql: readonly string[]): Promise<void> {
  const failure = await new Promise<{ message: string } | null>((resolve, reject) => {
    const worker = new Worker(program, { eval: true, workerData: { path, sql } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that works on the database ended.')));
  });
  if (failure) throw toStorageError(Object.assign(new Error(failure.message), failure));
}
