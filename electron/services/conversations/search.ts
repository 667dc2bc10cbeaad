import type { SearchFilters, SearchHit } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';
import { rebuildSearch } from '../storage/eraseRows.ts';
import { getConversation } from './conversationRows.ts';
import { readText } from './messageRows.ts';
import { chatCondition, chatDates, isAboutMessages, messageCondition } from './searchFilters.ts';

/** At most this many hits of one chat, so that it does not crowd out the others. */
const hitsPerChat = 3;
/** Words beyond these add nothing but time. */
const longestQuery = 16;
const batch = 200;

/** Finds chats by title and messages by text, newest first, titles before texts. Heals a damaged search index by itself. */
export function searchConversations(
  db: Db,
  query: string,
  filters: SearchFilters,
  limit: number,
): SearchHit[] {
  const match = toMatch(query);
  if (match === null) return findWithoutWords(db, query, filters, limit);
  try {
    return find(db, match, filters, limit);
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw error;
    db.transaction(() => rebuildSearch(db));
    return find(db, match, filters, limit);
  }
}

/** Makes the words of a person a query in which nothing is an operator; the last word may be unfinished. Null without words. */
export function toMatch(query: string): string | null {
  // Without the spaces between words, marks would glue to letters that FTS5 takes apart.
  const words = query.match(/[\p{L}\p{N}\p{M}\p{Co}]+/gu)?.slice(0, longestQuery) ?? [];
  if (words.length === 0) return null;
  return `${words.map((word) => `"${word}"`).join(' ')}*`;
}

function find(db: Db, match: string, filters: SearchFilters, limit: number): SearchHit[] {
  const titles = isAboutMessages(filters) ? [] : findTitles(db, match, filters, limit);
  return [...titles, ...findMessages(db, match, filters, limit - titles.length)];
}

// Only signs were typed, or nothing: without a filter there is nothing to look for.
function findWithoutWords(db: Db, query: string, filters: SearchFilters, limit: number): SearchHit[] {
  if (query.trim() !== '' || Object.values(filters).every((value) => value === undefined)) return [];
  return isAboutMessages(filters) ? findMessages(db, null, filters, limit) : findChats(db, filters, limit);
}

function findChats(db: Db, filters: SearchFilters, limit: number): SearchHit[] {
  const chat = chatCondition(filters);
  const dates = chatDates(filters);
  const rows = db.all<{ id: string }>(
    `SELECT c.id FROM conversations c WHERE ${chat.sql} AND ${dates.sql}
     ORDER BY c.updated_at DESC, c.seq DESC LIMIT ?`,
    ...chat.values,
    ...dates.values,
    limit,
  );
  return rows.map(({ id }) => ({ conversation: getConversation(db, id), messageId: null, snippet: '' }));
}

function findTitles(db: Db, match: string, filters: SearchFilters, limit: number): SearchHit[] {
  const chat = chatCondition(filters);
  const dates = chatDates(filters);
  const rows = db.all<{ id: string; snippet: string }>(
    `SELECT c.id, highlight(title_search, 0, char(2), char(3)) AS snippet
     FROM title_search JOIN conversations c ON c.seq = title_search.rowid
     WHERE title_search MATCH ? AND ${chat.sql} AND ${dates.sql} ORDER BY title_search.rowid DESC LIMIT ?`,
    match,
    ...chat.values,
    ...dates.values,
    limit,
  );
  return rows.map(({ id, snippet }) => ({ conversation: getConversation(db, id), messageId: null, snippet }));
}

// Numbers reach SQLite as floating point, and FTS5 ignores a limit on its rows that is not an integer: hence the CASTs.
function findMessages(db: Db, match: string | null, filters: SearchFilters, limit: number): SearchHit[] {
  const chat = chatCondition(filters);
  const message = messageCondition(filters);
  const from =
    match === null
      ? 'FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE m.seq < ?'
      : `FROM message_search JOIN messages m ON m.seq = message_search.rowid
         JOIN conversations c ON c.id = m.conversation_id
         WHERE message_search MATCH ? AND message_search.rowid < CAST(? AS INTEGER)`;
  const order = match === null ? 'm.seq' : 'message_search.rowid';
  const hits: SearchHit[] = [];
  const perChat = new Map<string, number>();
  for (let last = Number.MAX_SAFE_INTEGER; hits.length < limit; ) {
    const rows = db.all<{ seq: number; id: string; conversation_id: string }>(
      `SELECT m.seq, m.id, m.conversation_id ${from} AND ${chat.sql} AND ${message.sql} ORDER BY ${order} DESC LIMIT ?`,
      ...(match === null ? [] : [match]),
      last,
      ...chat.values,
      ...message.values,
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
        snippet: match === null ? beginning(db, seq) : snippetOf(db, match, seq),
      });
    }
    if (rows.length < batch) break;
  }
  return hits;
}

/** The first words of a message, where no word was looked for. */
function beginning(db: Db, seq: number): string {
  const row = db.get<{ text: string }>(
    'SELECT substr(text, 1, 200) AS text FROM messages WHERE seq = ?',
    seq,
  );
  return readText(row?.text).replace(/[\s\p{Cc}]+/gu, ' ');
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
