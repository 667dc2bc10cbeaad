import { z } from 'zod';
import { type Contender, contender, type Pick, pick, type Side } from '../../contract/compare.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';

/** A comparison as it is stored: the answers themselves are messages of the chat. */
export interface StoredComparison {
  readonly id: string;
  /** Null once the chat was erased; what was picked is remembered. */
  readonly conversationId: string | null;
  readonly task: string;
  readonly blind: boolean;
  readonly createdAt: number;
  readonly sides: readonly [StoredSide, StoredSide];
  readonly picked: Pick | null;
}
export interface StoredSide {
  readonly contender: Contender;
  readonly answerId: string;
}

interface Row {
  readonly id: string;
  readonly conversation_id: string | null;
  readonly task: string;
  readonly blind: number;
  readonly created_at: number;
  readonly sides: string;
  readonly picked: string | null;
}

const sidesSchema = z.tuple([
  z.object({ contender, answerId: z.string() }),
  z.object({ contender, answerId: z.string() }),
]);

/** Keeps a new comparison. */
export function insertComparison(db: Db, comparison: StoredComparison): void {
  const { id, conversationId, task, blind, createdAt, sides, picked } = comparison;
  db.run(
    'INSERT INTO comparisons (id, conversation_id, task, blind, created_at, sides, picked) VALUES (?, ?, ?, ?, ?, ?, ?)',
    id,
    conversationId,
    task,
    blind ? 1 : 0,
    createdAt,
    JSON.stringify(sides),
    picked,
  );
}

/** The comparison of this id. Fails with `not_found` where it, or its chat, is gone. */
export function getComparison(db: Db, id: string): StoredComparison & { readonly conversationId: string } {
  const row = db.get<Row>('SELECT * FROM comparisons WHERE id = ?', id);
  const stored = row && readRow(row);
  if (!stored?.conversationId)
    throw new InklingError(
      'not_found',
      'This comparison is not there any more; its chat may have been deleted.',
    );
  return { ...stored, conversationId: stored.conversationId };
}

/** Comparisons of a chat that nobody has decided, newest first. */
export function openComparisons(db: Db, conversationId: string): StoredComparison[] {
  return db
    .all<Row>(
      'SELECT * FROM comparisons WHERE conversation_id = ? AND picked IS NULL ORDER BY seq DESC LIMIT 20',
      conversationId,
    )
    .flatMap((row) => readRow(row) ?? []);
}

/** The newest comparisons that were decided. */
export function decidedComparisons(db: Db, limit: number): StoredComparison[] {
  return db
    .all<Row>('SELECT * FROM comparisons WHERE picked IS NOT NULL ORDER BY seq DESC LIMIT ?', limit)
    .flatMap((row) => readRow(row) ?? []);
}

export function setPicked(db: Db, id: string, picked: Pick): void {
  db.run('UPDATE comparisons SET picked = ? WHERE id = ?', picked, id);
}

/** Puts another answer in the place of one that came to nothing. */
export function setAnswer(db: Db, { id, sides }: StoredComparison, side: Side, answerId: string): void {
  const changed = sides.map((each, index) => (index === side ? { ...each, answerId } : each));
  db.run('UPDATE comparisons SET sides = ? WHERE id = ?', JSON.stringify(changed), id);
}

/** Null for a row that damage made unreadable: it is left out, and blocks nothing. */
function readRow(row: Row): StoredComparison | null {
  try {
    const sides = sidesSchema.parse(JSON.parse(row.sides));
    return {
      id: row.id,
      conversationId: row.conversation_id,
      task: row.task,
      blind: row.blind !== 0,
      createdAt: row.created_at,
      sides,
      picked: pick.nullable().catch(null).parse(row.picked),
    };
  } catch {
    return null;
  }
}
