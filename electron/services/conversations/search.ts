import type { SearchHit } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';
import { rebuildSearch } from '../storage/eraseRows.ts';
import { getConversation } from './conversationRows.ts';

/** At most this many hits of one chat, so that it does not crowd out the others. */
const hitsPerChat = 3;
/** Words beyond these add nothing but time. */
const longestQuery = 16;
const batch = 200;

/** Finds chats by title and messages by text, newest first, titles before texts. Heals a damaged search index by itself. */
export function searchConversations(db: Db, query: string, limit: number): SearchHit[] {
  const match = toMatch(query);
  if (match === null) return [];
  try {
    return find(db, match, limit);
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw error;
    db.transaction(() => rebuildSearch(db));
    return find(db, match, limit);
  }
}

/** Makes the words of a person a query in which nothing is an operator; the last word may be unfinished. Null without words. */
export function toMatch(query: string): string | null {
  // Without the spaces between words, marks would glue to letters that FTS5 takes apart.
  const words = query.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)?.slice(0, longestQuery) ?? [];
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word}"`).join(' ')}*`;
}

function find(db: Db, match: string, limit: number): SearchHit[] {
  const titles = findTitles(db, match, limit);
  return [...titles, ...findMessages(db, match, limit - titles.length)];
}

function findTitles(db: Db, match: string, limit: number): SearchHit[] {
  const rows = db.all<{ id: string; snippet: string }>(
    `SELECT c.id, highlight(title_search, 0, char(2), char(3)) AS snippet
     FROM title_search JOIN conversations c ON c.seq = title_search.rowid
     WHERE title_search MATCH ? AND c.removed_at IS NULL ORDER BY title_search.rowid DESC LIMIT ?`,
    match,
    limit,
  );
  return rows.map(({ id, snippet }) => ({ conversation: getConversation(db, id), messageId: null, snippet }));
}

// Numbers reach SQLite as floating point, and FTS5 ignores a limit on its rows that is not an integer: hence the CASTs.
function findMessages(db: Db, match: string, limit: number): SearchHit[] {
  const hits: SearchHit[] = [];
  const perChat = new Map<string, number>();
  for (let last = Number.MAX_SAFE_INTEGER; hits.length < limit; ) {
    const rows = db.all<{ seq: number; id: string; conversation_id: string }>(
      `SELECT m.seq, m.id, m.conversation_id FROM message_search
       JOIN messages m ON m.seq = message_search.rowid
       JOIN conversations c ON c.id = m.conversation_id AND c.removed_at IS NULL
       WHERE message_search MATCH ? AND message_search.rowid < CAST(? AS INTEGER) ORDER BY message_search.rowid DESC LIMIT ?`,
      match,
      last,
      batch,
    );
    for (const { seq, id, conversation_id } of rows) {
      last = seq;
      const before = perChat.get(conversation_id) ?? 0;
      if (before >= hitsPerChat || hits.length >= limit) continue;
      perChat.set(conversation_id, before + 1);
      hits.push({
        conversation: getConversation(db, conversation_id),
        messageId: id,
        snippet: snippetOf(db, match, seq),
      });
    }
    if (rows.length < batch) break;
  }
  return hits;
}

function snippetOf(db: Db, match: string, seq: number): string {
  const row = db.get<{ snippet: string }>(
    `SELECT snippet(message_search, 0, char(2), char(3), '…', 16) AS snippet
     FROM message_search WHERE message_search MATCH ? AND rowid = CAST(? AS INTEGER)`,
    match,
    seq,
  );
  return row?.snippet ?? '';
}
