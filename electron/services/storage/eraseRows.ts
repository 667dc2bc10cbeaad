import { InklingError } from '../../contract/errors.ts';
import { messageChecksum, type StoredContent } from './checksum.ts';
import type { Db } from './db.ts';

/**
 * Takes conversations with all they hold out of a database, search index included. Returns how many there were;
 * `whenErased` joins the transaction if there were any.
 */
export function eraseRows(
  db: Db,
  conversationIds: readonly string[],
  whenErased: () => void = () => {},
): number {
  const erase = () => {
    const erased = conversationIds.reduce((sum, id) => sum + eraseOne(db, id), 0);
    if (erased > 0) whenErased();
    return erased;
  };
  // Where the search index is what is damaged, a new one lets the rows go.
  return orWithNewSearch(
    () => db.transaction(erase),
    () =>
      db.transaction(() => {
        rebuildSearch(db);
        return erase();
      }),
  );
}

/**
 * Erases conversations so that no byte of them is left in the file or its log. What a crash or a full disk interrupts
 * is done by the next call, with whatever ids.
 */
export function eraseForGood(db: Db, conversationIds: readonly string[]): void {
  // An empty transaction would succeed on a full disk, and tell that saving works.
  if (conversationIds.length > 0)
    eraseRows(db, conversationIds, () => db.exec("INSERT OR IGNORE INTO chores (name) VALUES ('scrub')"));
  if (db.get("SELECT 1 FROM chores WHERE name = 'scrub'") === undefined) return;
  scrub(db);
  db.transaction(() => db.exec("DELETE FROM chores WHERE name = 'scrub'"));
}

/** Leaves no byte of erased rows in a file and its log. */
export function scrub(db: Db): void {
  // The search index keeps erased words beside a note that they are erased, until its parts are merged.
  const merge = `
    INSERT INTO title_search (title_search) VALUES ('optimize');
    INSERT INTO message_search (message_search) VALUES ('optimize');
  `;
  orWithNewSearch(
    () => db.exec(merge),
    () => rebuildSearch(db),
  );
  // `secure_delete` empties a row where it lies, but not where it lay before SQLite moved it to another page.
  db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
}

function orWithNewSearch<T>(work: () => T, withNewSearch: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw error;
    return withNewSearch();
  }
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

function eraseOne(db: Db, id: string): number {
  if (db.get('SELECT 1 FROM conversations WHERE id = ?', id) === undefined) return 0;
  // The index forgets words by being told the text again; where that text changed by damage, it is built anew.
  if (holdsDamage(db, id)) rebuildSearch(db);
  db.run('DELETE FROM messages WHERE conversation_id = ?', id);
  return db.run('DELETE FROM conversations WHERE id = ?', id);
}

function holdsDamage(db: Db, conversationId: string): boolean {
  return db
    .all<StoredContent & { checksum: string }>(
      'SELECT * FROM messages WHERE conversation_id = ?',
      conversationId,
    )
    .some((row) => messageChecksum(row) !== row.checksum);
}
