import { messageChecksum, type StoredContent } from './checksum.ts';
import type { Db } from './db.ts';

const below = `WITH RECURSIVE below (id) AS (
  SELECT id FROM messages WHERE id = ?
  UNION SELECT m.id FROM messages m JOIN below ON m.parent_id = below.id
)`;

interface Row extends StoredContent {
  readonly checksum: string;
}

/**
 * Takes a message with all below it out of a database; `rebuildSearch` is called first where the search index could not
 * forget their words by itself. Returns how many messages went.
 */
export function eraseBranch(db: Db, messageId: string, rebuildSearch: () => void): number {
  const rows = db.all<Row>(`${below} SELECT * FROM messages WHERE id IN (SELECT id FROM below)`, messageId);
  const first = rows.find(({ id }) => id === messageId);
  if (!first) return 0;
  if (rows.some((row) => messageChecksum(row) !== row.checksum)) rebuildSearch();
  db.run(`${below} DELETE FROM messages WHERE id IN (SELECT id FROM below)`, messageId);
  const chat = first.conversation_id;
  db.run(
    `UPDATE conversations SET leaf_id = (SELECT id FROM messages WHERE conversation_id = ? ORDER BY seq DESC LIMIT 1)
     WHERE id = ? AND leaf_id NOT IN (SELECT id FROM messages WHERE conversation_id = ?)`,
    chat,
    chat,
    chat,
  );
  if (first.parent_id === null) forgetTitle(db, first);
  return rows.length;
}

/** A title that was made of the first message is words of it; what is left of the chat names it anew. */
function forgetTitle(db: Db, first: Row): void {
  const chat = db.get<{ title: string; named: number }>(
    'SELECT title, named FROM conversations WHERE id = ?',
    first.conversation_id,
  );
  const madeOf = plain(String(chat?.title).replace(/(…|( \(fork( \d+)?\)))+$/, ''));
  // 2 and 3: by its first words and by a model, which read them.
  if (!chat || (chat.named < 2 && !plain(first.text).startsWith(madeOf))) return;
  db.run("UPDATE conversations SET title = 'New chat', named = 0 WHERE id = ?", first.conversation_id);
}

const plain = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase();
