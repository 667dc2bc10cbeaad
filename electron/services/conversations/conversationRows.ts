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
  readonly pinned_at: number | null;
  readonly archived_at: number | null;
  readonly tags: string;
}

const columns = 'id, title, created_at, updated_at, leaf_id, pinned_at, archived_at, tags';

/** Who gave a chat its title, as the column `named` holds it. */
export const namedBy = { nobody: 0, person: 1, words: 2, model: 3 } as const;

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
    title === undefined ? namedBy.nobody : namedBy.person,
    at,
    at,
  );
  return getConversation(db, id);
}

/** Gives a conversation the title that a person chose. */
export function setTitle(db: Db, id: string, title: string): void {
  db.run(
    'UPDATE conversations SET title = ?, named = ? WHERE id = ?',
    title.toWellFormed(),
    namedBy.person,
    id,
  );
}

/** Gives a conversation a title of less weight, if its name is still of the kind `instead`. Answers whether it was. */
export function proposeTitle(
  db: Db,
  id: string,
  title: string,
  by: 'words' | 'model',
  instead: 'nobody' | 'words',
): boolean {
  const changes = db.run(
    'UPDATE conversations SET title = ?, named = ? WHERE id = ? AND named = ?',
    title.toWellFormed(),
    namedBy[by],
    id,
    namedBy[instead],
  );
  return changes > 0;
}

/** Pins, archives and tags a conversation; what is left out stays. */
export function setMarks(
  db: Db,
  id: string,
  marks: {
    readonly pinned?: boolean | undefined;
    readonly archived?: boolean | undefined;
    readonly tags?: readonly string[] | undefined;
  },
  at: number,
): void {
  const since = (column: 'pinned_at' | 'archived_at', on: boolean | undefined) =>
    on === undefined || db.run(`UPDATE conversations SET ${column} = ? WHERE id = ?`, on ? at : null, id);
  since('pinned_at', marks.pinned);
  since('archived_at', marks.archived);
  if (marks.tags)
    db.run('UPDATE conversations SET tags = ? WHERE id = ?', JSON.stringify(unique(marks.tags)), id);
}

// The same words in other letters are the same tag; the first spelling counts.
function unique(tags: readonly string[]): readonly string[] {
  const byKey = new Map<string, string>();
  for (const tag of tags) {
    const key = tag.toLocaleLowerCase('en');
    if (!byKey.has(key)) byKey.set(key, tag.toWellFormed());
  }
  return [...byKey.values()];
}

/** Shows another branch; a new turn (`at`) also moves the conversation to the top of the list. */
export function setLeaf(db: Db, id: string, leafId: string | null, at?: number): void {
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
    pinned: row.pinned_at !== null,
    archived: row.archived_at !== null,
    tags: row.tags === '[]' ? [] : readTags(row.tags),
  };
}

// A damaged file can hold anything in any column; lost tags must not hide the chat.
function readTags(json: unknown): string[] {
  try {
    const tags: unknown = JSON.parse(readText(json));
    return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
  } catch {
    return [];
  }
}
