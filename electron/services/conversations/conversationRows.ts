import type { Conversation } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';
import { readText } from './messageRows.ts';
import { newId } from './newId.ts';
import { defaultTitle } from './titles.ts';

interface ConversationRow {
  readonly id: string;
  readonly title: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly leaf_id: string | null;
}

const columns = 'id, title, created_at, updated_at, leaf_id';

/** Finds a conversation that is not removed. Throws `not_found`. */
export function getConversation(db: Db, id: string): Conversation {
  const row = db.get<ConversationRow>(
    `SELECT ${columns} FROM conversations WHERE id = ? AND removed_at IS NULL`,
    id,
  );
  if (!row) throw new InklingError('not_found', 'This chat is not there any more.');
  return toConversation(row);
}

/** Conversations that are not removed, newest first, and how many there are in all. */
export function listConversations(
  db: Db,
  offset: number,
  limit: number,
): { conversations: Conversation[]; total: number } {
  const rows = db.all<ConversationRow>(
    `SELECT ${columns} FROM conversations WHERE removed_at IS NULL
     ORDER BY updated_at DESC, seq DESC LIMIT ? OFFSET ?`,
    limit,
    offset,
  );
  const total = db.get<{ n: number }>('SELECT count(*) AS n FROM conversations WHERE removed_at IS NULL');
  return { conversations: rows.map(toConversation), total: total?.n ?? 0 };
}

/** Adds an empty conversation; without a title its first message will name it. */
export function insertConversation(db: Db, title: string | undefined, at: number): Conversation {
  const id = newId();
  db.run(
    'INSERT INTO conversations (id, title, named, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    id,
    (title ?? defaultTitle).toWellFormed(),
    title === undefined ? 0 : 1,
    at,
    at,
  );
  return getConversation(db, id);
}

/** Gives a conversation a title; with `ifUnnamed` only if nobody named it before. */
export function setTitle(db: Db, id: string, title: string, ifUnnamed = false): void {
  db.run(
    `UPDATE conversations SET title = ?, named = 1 WHERE id = ? ${ifUnnamed ? 'AND named = 0' : ''}`,
    title.toWellFormed(),
    id,
  );
}

/** Shows another branch; a new turn (`at`) also moves the conversation to the top of the list. */
export function setLeaf(db: Db, id: string, leafId: string, at?: number): void {
  db.run('UPDATE conversations SET leaf_id = ? WHERE id = ?', leafId, id);
  if (at !== undefined) db.run('UPDATE conversations SET updated_at = ? WHERE id = ?', at, id);
}

function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    title: readText(row.title) || defaultTitle,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    leafId: typeof row.leaf_id === 'string' ? row.leaf_id : null,
  };
}
