import { messageChecksum, type StoredContent } from './checksum.ts';
import type { Db } from './db.ts';

/** Takes conversations with all they hold out of a database, search index included. Returns how many there were. */
export function eraseRows(db: Db, conversationIds: readonly string[]): number {
  return db.transaction(() => {
    let erased = 0;
    for (const id of conversationIds) {
      if (db.get('SELECT 1 FROM conversations WHERE id = ?', id) === undefined) continue;
      // The index forgets words by being told the text again; where that text changed by damage, it is built anew.
      if (holdsDamage(db, id)) rebuildSearch(db);
      db.run('DELETE FROM messages WHERE conversation_id = ?', id);
      erased += db.run('DELETE FROM conversations WHERE id = ?', id);
    }
    return erased;
  });
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
