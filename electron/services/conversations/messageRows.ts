import { z } from 'zod';
import { attachment } from '../../contract/attachments.ts';
import {
  answerStats,
  endReason,
  type Message,
  madeFormat,
  messageState,
  type Rating,
  rating,
} from '../../contract/conversations.ts';
import { failure } from '../../contract/errors.ts';
import { keep, summary, windowCut } from '../../contract/ledger.ts';
import { answerNotes } from '../../contract/noteSources.ts';
import { messageChecksum, type StoredContent } from '../storage/checksum.ts';
import type { Db } from '../storage/db.ts';

/** A message as it lies in the database. A damaged file can hold anything in any column. */
export interface MessageRow extends StoredContent {
  readonly seq: number;
  readonly checksum: string;
  readonly rating: string | null;
}

/** The fields of a message that are stored together as JSON. */
const detailsSchema = z.object({
  model: z.object({ id: z.string(), name: z.string() }).nullable(),
  stats: answerStats.nullable(),
  endReason: endReason.nullable(),
  error: failure.nullable(),
  leftOut: z.int(),
  cut: windowCut.nullable().default(null),
  notes: answerNotes.nullable().default(null),
  keep: keep.default('auto'),
  summary: summary.nullable().default(null),
  attachments: z.array(attachment).default([]),
  format: madeFormat.nullable().default(null),
});
export type Details = z.infer<typeof detailsSchema>;
export const noDetails: Details = {
  model: null,
  stats: null,
  endReason: null,
  error: null,
  leftOut: 0,
  cut: null,
  notes: null,
  keep: 'auto',
  summary: null,
  attachments: [],
  format: null,
};

/** A message without its place among its siblings. */
export type BareMessage = Omit<Message, 'siblingIndex' | 'siblingCount'>;

/** Reads a row. Whatever cannot be read gets a harmless value and marks the message as damaged; never throws. */
export function readMessage(row: MessageRow, conversationId: string): BareMessage {
  const details = readDetails(row.details);
  const state = messageState.safeParse(row.state);
  return {
    id: readId(row),
    conversationId,
    parentId: typeof row.parent_id === 'string' ? row.parent_id : null,
    role: row.role === 'user' ? 'user' : 'assistant',
    state: state.success ? state.data : 'interrupted',
    text: readText(row.text),
    thought: readText(row.thought),
    createdAt: Number.isFinite(row.created_at) ? row.created_at : 0,
    ...(details ?? noDetails),
    rating: rating.safeParse(row.rating).data ?? null,
    damaged: details === null || messageChecksum(row) !== row.checksum,
  };
}

function readId(row: MessageRow): string {
  return /^[A-Za-z0-9_-]{1,64}$/.test(readText(row.id)) ? row.id : `damaged-${row.seq}`;
}

/** Reads a text column that may hold anything. */
export function readText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  return value === null || value === undefined ? '' : String(value);
}

function readDetails(json: unknown): Details | null {
  try {
    return detailsSchema.parse(JSON.parse(String(json)));
  } catch {
    return null;
  }
}

/** Adds a message row with its checksum; one that is not `sound` stays marked as damaged. */
export function insertMessage(db: Db, message: Omit<BareMessage, 'damaged'>, sound = true): void {
  const row = toRow(message);
  db.run(
    `INSERT INTO messages (id, conversation_id, parent_id, role, state, text, thought, created_at, details, checksum, rating)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.conversation_id,
    row.parent_id,
    row.role,
    row.state,
    row.text,
    row.thought,
    row.created_at,
    row.details,
    sound ? messageChecksum(row) : '',
    message.rating,
  );
}

/** Rewrites what may change of a message (its end); false if it is not there any more. */
export function updateMessage(db: Db, message: Omit<BareMessage, 'damaged'>, sound = true): boolean {
  const row = toRow(message);
  const changes = db.run(
    'UPDATE messages SET state = ?, text = ?, thought = ?, details = ?, checksum = ? WHERE id = ?',
    row.state,
    row.text,
    row.thought,
    row.details,
    // Damage found while folding must not become sound by being stored again.
    sound ? messageChecksum(row) : '',
    row.id,
  );
  return changes > 0;
}

/** Changes some of the details of a message and nothing else of it. */
export function updateDetails(db: Db, id: string, changed: Partial<Details>): void {
  const stored = db.get<MessageRow>('SELECT * FROM messages WHERE id = ?', id);
  if (!stored) return;
  const row = toRow({ ...readMessage(stored, stored.conversation_id), ...changed });
  db.run('UPDATE messages SET details = ?, checksum = ? WHERE id = ?', row.details, messageChecksum(row), id);
}

/** Keeps what a person thinks of an answer. */
export function setRating(db: Db, id: string, opinion: Rating | null): void {
  db.run('UPDATE messages SET rating = ? WHERE id = ?', opinion, id);
}

function toRow(message: Omit<BareMessage, 'damaged'>): StoredContent {
  const { model, stats, endReason, error, leftOut, cut, notes, keep, summary, attachments, format } = message;
  const details: Details = {
    model,
    stats,
    endReason,
    error,
    leftOut,
    cut,
    notes,
    keep,
    summary,
    attachments,
    format,
  };
  return {
    id: message.id,
    conversation_id: message.conversationId,
    parent_id: message.parentId,
    role: message.role,
    state: message.state,
    // A lone half of a letter cannot be stored as UTF-8 and would not match its checksum when read.
    text: message.text.toWellFormed(),
    thought: message.thought.toWellFormed(),
    created_at: message.createdAt,
    details: JSON.stringify(details),
  };
}
