import type { Db } from '../storage/db.ts';
import type { MessageRow } from './messageRows.ts';

/** What is true of the id of a message that was not removed itself; one above it may have been. */
const shown = 'id NOT IN (SELECT message_id FROM removed_branches)';

/** Whether a message was removed, by itself or with one above it. */
export const isHidden = (db: Db, id: string): boolean =>
  db.get('SELECT 1 FROM hidden_messages WHERE id = ?', id) !== undefined;

/** Whether a message is this one, or below it. */
export const isWithin = (db: Db, id: string, above: string): boolean =>
  db.get(
    `WITH RECURSIVE up (id) AS (
       SELECT ? UNION SELECT m.parent_id FROM messages m JOIN up ON m.id = up.id WHERE m.parent_id IS NOT NULL
     ) SELECT 1 FROM up WHERE id = ?`,
    id,
    above,
  ) !== undefined;

/** The row of a message; undefined if there is none. One whose own id is damaged goes by its number. */
export function findMessage(db: Db, id: string): MessageRow | undefined {
  const seq = /^damaged-(\d{1,15})$/.exec(id)?.[1];
  if (seq !== undefined) return db.get<MessageRow>('SELECT * FROM messages WHERE seq = ?', Number(seq));
  return db.get<MessageRow>('SELECT * FROM messages WHERE id = ?', id);
}

/**
 * The rows from a message up to the first of its branch, nearest first, at most `limit`.
 * Where damage cut the way up, it goes on with the message written before.
 */
export function walkUp(
  db: Db,
  conversationId: string,
  from: MessageRow | undefined,
  limit: number,
): MessageRow[] {
  const rows: MessageRow[] = [];
  for (let row = from; row && rows.length < limit; row = above(db, conversationId, row)) rows.push(row);
  return rows;
}

function above(db: Db, conversationId: string, row: MessageRow): MessageRow | undefined {
  if (row.parent_id === null) return undefined;
  const parent = findMessage(db, row.parent_id);
  // A parent is always older; anything else would lead in circles.
  if (parent && parent.seq < row.seq) return parent;
  return newestMessage(db, conversationId, row.seq);
}

/** The newest message of a conversation, or the newest before message number `before`. */
export function newestMessage(
  db: Db,
  conversationId: string,
  before = Number.MAX_SAFE_INTEGER,
): MessageRow | undefined {
  return db.get<MessageRow>(
    `SELECT * FROM messages WHERE conversation_id = ? AND seq < ? AND id NOT IN (SELECT id FROM hidden_messages)
     ORDER BY seq DESC LIMIT 1`,
    conversationId,
    before,
  );
}

/** The end of the newest branch through a message: the newest message below it, or itself. */
export function newestLeaf(db: Db, messageId: string): string {
  const leaf = db.get<{ id: string }>(
    `WITH RECURSIVE below (id, seq) AS (
       SELECT id, seq FROM messages WHERE id = ?
       UNION SELECT m.id, m.seq FROM messages m JOIN below ON m.parent_id = below.id WHERE m.${shown}
     ) SELECT id FROM below ORDER BY seq DESC LIMIT 1`,
    messageId,
  );
  return leaf?.id ?? messageId;
}

/** Where a message stands among those with the same parent. */
export function siblingsOf(
  db: Db,
  conversationId: string,
  row: MessageRow,
): { siblingIndex: number; siblingCount: number } {
  const found = db.get<{ count: number; older: number }>(
    `SELECT count(*) AS count, count(*) FILTER (WHERE seq < ?) AS older
     FROM messages WHERE parent_id IS ? AND conversation_id = ? AND ${shown}`,
    row.seq,
    row.parent_id,
    conversationId,
  );
  return { siblingIndex: found?.older ?? 0, siblingCount: Math.max(1, found?.count ?? 1) };
}

/** The id of the sibling `step` places after a message (before it, if negative); at the ends, the last there is. */
export function siblingAt(db: Db, conversationId: string, row: MessageRow, step: number): string {
  const { siblingIndex, siblingCount } = siblingsOf(db, conversationId, row);
  const place = Math.min(Math.max(siblingIndex + step, 0), siblingCount - 1);
  const sibling = db.get<{ id: string }>(
    `SELECT id FROM messages WHERE parent_id IS ? AND conversation_id = ? AND ${shown} ORDER BY seq LIMIT 1 OFFSET ?`,
    row.parent_id,
    conversationId,
    place,
  );
  return sibling?.id ?? row.id;
}

/** The id of the sibling nearest to a message, an earlier one rather than a later one; null if it has none. */
export function siblingBeside(db: Db, conversationId: string, row: MessageRow): string | null {
  const sibling = db.get<{ id: string }>(
    `SELECT id FROM messages WHERE parent_id IS ? AND conversation_id = ? AND seq <> ? AND ${shown}
     ORDER BY seq > ?, abs(seq - ?) LIMIT 1`,
    row.parent_id,
    conversationId,
    row.seq,
    row.seq,
    row.seq,
  );
  return sibling?.id ?? null;
}
