import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { toFailure } from '../../contract/errors.ts';
import { readInfo, withBackup } from './backupFile.ts';
import { checkDatabase, damagedAttachments } from './checkDatabase.ts';
import { lockFolder } from './folderLock.ts';
import { newestSchema, readSchema } from './migrations.ts';
import { openDatabase } from './openDatabase.ts';

/** What a look at a whole data folder found. */
export interface DataReport {
  readonly ok: boolean;
  readonly problems: readonly string[];
  readonly conversations: number;
  readonly messages: number;
  readonly damagedMessages: number;
  readonly schema: number;
}

/**
 * Checks every row of the database and of its backups in a data folder nobody uses. It changes no content and never
 * throws; a folder without data is fine.
 */
export function verifyData(dataDir: string): DataReport {
  const path = join(dataDir, 'inkling.sqlite');
  const none = { conversations: 0, messages: 0, damagedMessages: 0, schema: 0 };
  try {
    if (!existsSync(path)) return report(none, verifyBackups(dataDir));
    const lock = lockFolder(dataDir);
    try {
      return verifyDatabase(path, verifyBackups(dataDir));
    } finally {
      lock.release();
    }
  } catch (error) {
    return report(none, [wordsOf(error)]);
  }
}

function verifyDatabase(path: string, backupProblems: readonly string[]): DataReport {
  const db = openDatabase(path);
  try {
    const schema = readSchema(db);
    if (schema < newestSchema)
      return report({ conversations: 0, messages: 0, damagedMessages: 0, schema }, [
        `The database has schema ${schema}; the next start brings it to ${newestSchema}.`,
        ...backupProblems,
      ]);
    const { problems, damaged, conversations, messages } = checkDatabase(db);
    return report({ conversations, messages, damagedMessages: damaged.length, schema }, [
      ...problems,
      ...damaged.map((id) => `Message ${id} does not match its checksum.`),
      ...damagedAttachments(db).map((id) => `Attached file ${id} does not match its checksum.`),
      ...backupProblems,
    ]);
  } finally {
    db.close();
  }
}

function verifyBackups(dataDir: string): string[] {
  const folder = join(dataDir, 'backups');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sqlite')) : [];
  return names.flatMap((name) => {
    try {
      const problems = withBackup(join(folder, name), true, (db) => {
        const check = checkDatabase(db);
        const since = check.damaged.length > readInfo(db).damaged;
        return [...check.problems, ...(since ? ['messages were damaged since it was made'] : [])];
      });
      return problems.map((problem) => `Backup ${name}: ${problem}`);
    } catch (error) {
      return [`Backup ${name}: ${wordsOf(error)}`];
    }
  });
}

function report(counts: Omit<DataReport, 'ok' | 'problems'>, problems: readonly string[]): DataReport {
  return { ok: problems.length === 0, problems, ...counts };
}

function wordsOf(error: unknown): string {
  const { message, details } = toFailure(error);
  return typeof details?.['reason'] === 'string' ? `${message} (${details['reason']})` : message;
}
