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

/**
 * Erases conversations so that no byte of them is left in the file or its log. What a crash or a full disk interrupts
 * is done by the next call, with whatever ids.
 */
export function eraseForGood(db: Db, conversationIds: readonly string[]): void {
  // An empty transaction would succeed on a full disk, and tell that saving works.
  if (conversationIds.length > 0)
    db.transaction(() => {
      if (eraseRows(db, conversationIds) > 0)
        db.exec("INSERT OR IGNORE INTO chores (name) VALUES ('vacuum')");
    });
  if (db.get("SELECT 1 FROM chores WHERE name = 'vacuum'") === undefined) return;
  // `secure_delete` empties a row where it lies, but not where it lay before SQLite moved it to another page.
  db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
  db.transaction(() => db.exec("DELETE FROM chores WHERE name = 'vacuum'"));
}

function eraseOne(db: Db, id: string): number {
  if (db.get('SELECT 1 FROM conversations WHERE id = ?', id) === undefined) return 0;
  // The index forgets words by being told the text again; where that text changed by damage, it is built anew.
  if (holdsDamage(db, id)) rebuildSearch(db);
  db.run('DELETE FROM messages WHERE conversation_id = ?', id);
  return db.run('DELETE FROM conversations WHERE id = ?', id);
}

/** True if a database holds one of the conversations. */
export function holdsAny(db: Db, conversationIds: readonly string[]): boolean {
  return conversationIds.some((id) => db.get('SELECT 1 FROM conversations WHERE id = ?', id) !== undefined);
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
