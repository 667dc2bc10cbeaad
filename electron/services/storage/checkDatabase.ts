import {
  attachmentChecksum,
  chunkChecksum,
  messageChecksum,
  type StoredAttachment,
  type StoredContent,
} from './checksum.ts';
import type { Db } from './db.ts';
import { runSqlApart } from './runSqlApart.ts';

/** What a full look at every row found. `problems` are about the structure; damaged messages are counted apart. */
export interface DatabaseCheck {
  readonly problems: readonly string[];
  readonly damaged: readonly string[];
  readonly conversations: number;
  readonly messages: number;
}

interface MessageRow extends StoredContent {
  readonly seq: number;
  readonly checksum: string;
  readonly parent_seq: number | null;
  readonly parent_conversation: string | null;
}

const pageSize = 500;

/** Reads the whole database: structure, references, the tree, and the checksum of every message and saved piece. */
export function checkDatabase(db: Db): DatabaseCheck {
  const steps = checkSteps(
    db,
    tablesOf(db).flatMap((table) => structure(db, table)),
  );
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same of a file, of which it is alone to write: the structure in a thread of its own, the rows with pauses. */
export async function checkDatabaseGently(db: Db, path: string): Promise<DatabaseCheck> {
  // The search index is compared with every word of every message: seconds, where there are many.
  const found = await runSqlApart(path, [], tablesOf(db).map(integrity));
  const steps = checkSteps(db, (found as IntegrityRow[]).map((row) => row.integrity_check).filter(isProblem));
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise((resume) => setImmediate(resume));
  }
}

function* checkSteps(db: Db, structural: readonly string[]): Generator<void, DatabaseCheck> {
  const damaged: string[] = [];
  const problems = [...structural];
  problems.push(...references(db), ...leaves(db));
  yield;
  problems.push(...chunks(db));
  yield;
  for (const rows of messagePages(db)) {
    for (const row of rows) {
      if (messageChecksum(row) !== row.checksum) damaged.push(row.id);
      else if (row.parent_id !== null && !rightParent(row))
        problems.push(`Message ${row.id} follows a message that is not there.`);
    }
    yield;
  }
  return { problems, damaged, conversations: count(db, 'conversations'), messages: count(db, 'messages') };
}

interface IntegrityRow {
  readonly integrity_check: string;
}

const tablesOf = (db: Db) =>
  db.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'").map(({ name }) => name);
const integrity = (table: string) => `PRAGMA integrity_check("${table}")`;
const isProblem = (line: string) => line !== 'ok';

function structure(db: Db, table: string): string[] {
  return db
    .all<IntegrityRow>(integrity(table))
    .map((row) => row.integrity_check)
    .filter(isProblem);
}

function references(db: Db): string[] {
  return db
    .all<{ table: string; rowid: number }>('PRAGMA foreign_key_check')
    .map((row) => `A row of ${row.table} refers to nothing (${row.rowid}).`);
}

function leaves(db: Db): string[] {
  return db
    .all<{ id: string }>(
      `SELECT c.id FROM conversations c LEFT JOIN messages m ON m.id = c.leaf_id AND m.conversation_id = c.id
       WHERE c.leaf_id IS NOT NULL AND m.id IS NULL`,
    )
    .map(({ id }) => `The end of chat ${id} is a message that is not there.`);
}

function chunks(db: Db): string[] {
  return db
    .all<{ message_id: string; n: number; text: string; thought: string; checksum: string }>(
      'SELECT message_id, n, text, thought, checksum FROM chunks ORDER BY message_id, n',
    )
    .filter((row) => chunkChecksum(row.message_id, row.n, row.text, row.thought) !== row.checksum)
    .map((row) => `Piece ${row.n} of the unfinished answer ${row.message_id} is damaged.`);
}

function* messagePages(db: Db): Iterable<MessageRow[]> {
  let last = 0;
  for (;;) {
    const rows = db.all<MessageRow>(
      `SELECT m.*, p.seq AS parent_seq, p.conversation_id AS parent_conversation
       FROM messages m LEFT JOIN messages p ON p.id = m.parent_id WHERE m.seq > ? ORDER BY m.seq LIMIT ?`,
      last,
      pageSize,
    );
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1)?.seq ?? last;
  }
}

/** Ids of attached files whose stored text is not what was read. Not for backups of schemas that know no files. */
export function damagedAttachments(db: Db): string[] {
  const damaged: string[] = [];
  const first = 'SELECT * FROM attachments WHERE seq > ? ORDER BY seq LIMIT 1';
  for (let last = 0; ; ) {
    // One at a time: each may be long.
    const row = db.get<StoredAttachment & { readonly seq: number; readonly checksum: string }>(first, last);
    if (!row) return damaged;
    if (attachmentChecksum(row) !== row.checksum) damaged.push(row.id);
    last = row.seq;
  }
}

function rightParent(row: MessageRow): boolean {
  return (
    row.parent_seq !== null && row.parent_seq < row.seq && row.parent_conversation === row.conversation_id
  );
}

/** Rows of a table. */
export function count(db: Db, table: 'conversations' | 'messages'): number {
  return db.get<{ n: number }>(`SELECT count(*) AS n FROM ${table}`)?.n ?? 0;
}
