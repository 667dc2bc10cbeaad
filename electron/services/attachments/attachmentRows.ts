import { z } from 'zod';
import { type Attachment, attachmentKind } from '../../contract/attachments.ts';
import type { FileAttachment } from '../../contract/chatFile.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Extracted } from '../../reader/contract.ts';
import { newId } from '../conversations/newId.ts';
import { attachmentChecksum } from '../storage/checksum.ts';
import type { Db } from '../storage/db.ts';

interface Row {
  readonly id: string;
  readonly created_at: number;
  readonly details: string;
}
interface TextRow extends Row {
  readonly text: string;
  readonly checksum: string;
}

/** What is stored of an attachment beside its text, as JSON. */
const detailsSchema = z.object({
  name: z.string(),
  kind: attachmentKind,
  size: z.number(),
  sha256: z.string(),
  characters: z.int(),
  remark: z.string().nullable(),
  /** Where each page begins in the text. */
  pages: z.array(z.int()).nullable(),
});

/** An attachment with all that was read of it. */
export interface StoredText {
  readonly attachment: Attachment;
  readonly text: string;
  readonly pages: readonly number[] | null;
  /** The stored bytes do not match their checksum. */
  readonly damaged: boolean;
}

const columns = 'id, created_at, details';

/** Keeps what was read of a file, for the composer of a chat. Throws `not_found` if that chat is gone. */
export function insertAttachment(
  db: Db,
  draftOf: string | null,
  name: string,
  { text, ...extracted }: Extracted,
  at: number,
): Attachment {
  const { kind, size, sha256, remark, pages } = extracted;
  const plain = { name: name.toWellFormed(), kind, size, sha256, characters: text.length, remark, pages };
  const row = { id: newId(), created_at: at, details: JSON.stringify(plain), text: text.toWellFormed() };
  db.transaction(() => {
    const chat = 'SELECT 1 FROM conversations WHERE id = ? AND removed_at IS NULL';
    if (draftOf !== null && !db.get(chat, draftOf))
      throw new InklingError('not_found', 'This chat is not there any more.');
    db.run(
      'INSERT INTO attachments (id, draft_of, waiting, created_at, details, text, checksum) VALUES (?, ?, 1, ?, ?, ?, ?)',
      row.id,
      draftOf,
      row.created_at,
      row.details,
      row.text,
      attachmentChecksum(row),
    );
  });
  return toAttachment(row);
}

/** Adds an attachment of a chat file, under its own id, for the messages that name it; one that is here already stays. */
export function insertFileAttachment(db: Db, file: FileAttachment): void {
  if (db.get('SELECT 1 FROM attachments WHERE id = ?', file.id)) return;
  const { id, createdAt, text, damaged, ...plain } = file;
  const details = JSON.stringify({ ...plain, name: plain.name.toWellFormed() });
  const row = { id, created_at: createdAt, details, text: text.toWellFormed() };
  db.run(
    'INSERT INTO attachments (id, draft_of, waiting, created_at, details, text, checksum) VALUES (?, NULL, 1, ?, ?, ?, ?)',
    row.id,
    row.created_at,
    row.details,
    row.text,
    damaged ? '' : attachmentChecksum(row),
  );
}

/** What waits in the composer of a chat, oldest first. */
export function listWaiting(db: Db, draftOf: string | null): Attachment[] {
  return db
    .all<Row>(
      `SELECT ${columns} FROM attachments WHERE waiting = 1 AND removed_at IS NULL AND draft_of IS ? ORDER BY seq`,
      draftOf,
    )
    .map(toAttachment);
}

/** The attachment with this id, unless it was removed. Throws `not_found`. */
export function getAttachment(db: Db, id: string): Attachment {
  const row = db.get<Row>(`SELECT ${columns} FROM attachments WHERE id = ? AND removed_at IS NULL`, id);
  if (!row) throw gone();
  return toAttachment(row);
}

/** Whether the text of an attachment is here. */
export const hasAttachment = (db: Db, id: string): boolean =>
  db.get('SELECT 1 FROM attachments WHERE id = ? AND removed_at IS NULL', id) !== undefined;

/** All that was read of an attachment. Throws `not_found`. */
export function getText(db: Db, id: string): StoredText {
  const row = db.get<TextRow>(
    `SELECT ${columns}, text, checksum FROM attachments WHERE id = ? AND removed_at IS NULL`,
    id,
  );
  if (!row) throw gone();
  const details = readDetails(row);
  return {
    attachment: toAttachment(row),
    text: String(row.text),
    pages: details?.pages ?? null,
    damaged: details === null || attachmentChecksum(row) !== row.checksum,
  };
}

/** Hides one that waits, or shows it again (`at` null). False if it does not wait any more. */
export function setRemoved(db: Db, id: string, at: number | null): boolean {
  return db.run('UPDATE attachments SET removed_at = ? WHERE id = ? AND waiting = 1', at, id) > 0;
}

/** Those that were removed, the first removed first. */
export const listRemoved = (db: Db) =>
  db.all<{ id: string; removed_at: number }>(
    'SELECT id, removed_at FROM attachments WHERE removed_at IS NOT NULL ORDER BY removed_at',
  );

const gone = () =>
  new InklingError('not_found', 'This attachment is not there any more. Attach the file again.');

function readDetails({ details }: Row): z.infer<typeof detailsSchema> | null {
  try {
    return detailsSchema.parse(JSON.parse(String(details)));
  } catch {
    return null;
  }
}

/** Whatever cannot be read gets a harmless value: one damaged row blocks nothing else. */
function toAttachment(row: Row): Attachment {
  const { pages, ...details } = readDetails(row) ?? unknown;
  return { id: row.id, ...details, pages: pages?.length ?? null, createdAt: row.created_at };
}

const unknown: z.infer<typeof detailsSchema> = {
  name: 'Damaged attachment',
  kind: 'text',
  size: 0,
  sha256: '',
  characters: 0,
  remark: 'What is known of this file was damaged on disk. Its text is shown as it is.',
  pages: null,
};
