import { InklingError } from '../../contract/errors.ts';
import { messageChecksum, type StoredContent } from './checksum.ts';
import type { Db } from './db.ts';
import { eraseBranch } from './eraseBranch.ts';

/** Ids of what is to be erased for good. */
export interface Erased {
  readonly conversations: readonly string[];
  /** First messages of branches. */
  readonly branches: readonly string[];
  /** Attachments that no message has. */
  readonly attachments: readonly string[];
}

/**
 * Takes things with all they hold out of a database, search index included. Returns how many there were;
 * `whenErased` joins the transaction if there were any.
 */
export function eraseRows(
  db: Db,
  { conversations, branches, attachments }: Erased,
  whenErased: () => void = () => {},
): number {
  const erase = () => {
    const erased =
      conversations.reduce((sum, id) => sum + eraseOne(db, id), 0) +
      branches.reduce((sum, id) => sum + eraseBranch(db, id, () => rebuildSearch(db)), 0) +
      attachments.reduce((sum, id) => sum + eraseAttachment(db, id), 0);
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

/** Erases them and notes that their bytes are to be scrubbed from the file; see {@link needsScrub}. */
export function eraseAndNote(db: Db, erased: Erased): void {
  // An empty transaction would succeed on a full disk, and tell that saving works.
  const { conversations, branches, attachments } = erased;
  if (conversations.length + branches.length + attachments.length > 0)
    eraseRows(db, erased, () => db.exec("INSERT OR IGNORE INTO chores (name) VALUES ('scrub')"));
}

/** Whether bytes of erased rows may be left in the file, also since before a crash or on a full disk. */
export const needsScrub = (db: Db): boolean =>
  db.get("SELECT 1 FROM chores WHERE name = 'scrub'") !== undefined;

/** Forgets the note that bytes are to be scrubbed. */
export const noteScrubbed = (db: Db): void =>
  db.transaction(() => db.exec("DELETE FROM chores WHERE name = 'scrub'"));

function orWithNewSearch<T>(work: () => T, withNewSearch: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof InklingError) || error.code !== 'storage_damaged') throw error;
    return withNewSearch();
  }
}

/** True if a database holds any of them. */
export function holdsAny(db: Db, { conversations, branches, attachments }: Erased): boolean {
  return (
    conversations.some((id) => db.get('SELECT 1 FROM conversations WHERE id = ?', id) !== undefined) ||
    branches.some((id) => db.get('SELECT 1 FROM messages WHERE id = ?', id) !== undefined) ||
    (hasAttachments(db) &&
      attachments.some((id) => db.get('SELECT 1 FROM attachments WHERE id = ?', id) !== undefined))
  );
}

/** False for a backup that an older Inkling made. */
const hasAttachments = (db: Db): boolean =>
  db.get("SELECT 1 FROM sqlite_schema WHERE name = 'attachments'") !== undefined;

const eraseAttachment = (db: Db, id: string): number =>
  hasAttachments(db) ? db.run('DELETE FROM attachments WHERE id = ?', id) : 0;

/** The statements that build the search index anew from the chats. */
export const rebuildIndex = `
  INSERT INTO title_search (title_search) VALUES ('rebuild');
  INSERT INTO message_search (message_search) VALUES ('rebuild');
`;

/** Builds the search index anew from the chats. */
export const rebuildSearch = (db: Db): void => db.exec(rebuildIndex);

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
