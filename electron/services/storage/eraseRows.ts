import { InklingError } from '../../contract/errors.ts';
import { messageChecksum, type StoredContent } from './checksum.ts';
import type { Db } from './db.ts';

/** Takes conversations with all they hold out of a database, search index included. Returns how many there were. */
export function eraseRows(db: Db, conversationIds: readonly string[]): number {
  const erase = () => conversationIds.reduce((erased, id) => erased + eraseOne(db, id), 0);
  try {
    return db.transaction(erase);
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw error;
    // Where the search index is what is damaged, a new one lets the rows go.
    return db.transaction(() => {
      rebuildSearch(db);
      return erase();
    });
  }
}

function eraseOne(db: Db, id: string): number {
  if (db.get('SELECT 1 FROM conversations WHERE id = ?', id) === undefined) return 0;
  // The index forgets words by being told the text again; where that text changed by damage, it is built anew.
  if (holdsDamage(db, id)) rebuildSearch(db);
  db.run('DELETE FROM messages WHERE conversation_id = ?', id);
  return db.run('DELETE FROM conversations WHERE id = ?', id);
}

/** Builds the search index anew from the chats. */
export function rebuildSearch(db: Db): void {
  db.exec(`
    INSERT INTO title_search (title_search) VALUES ('rebuild');
    INSERT INTO message_search (message_search) VALUES ('rebuild');
  `);
}

function holdsDamage(db: Db, conversationId: string): boolean {
  return db
    .all<StoredContent & { checksum: string }>(
      'SELECT * FROM messages WHERE conversation_id = ?',
      conversationId,
    )
    .some((row) => messageChecksum(row) !== row.checksum);
}
