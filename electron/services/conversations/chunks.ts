import { chunkChecksum } from '../storage/checksum.ts';
import type { Db } from '../storage/db.ts';
import { readText } from './messageRows.ts';

/** What a streaming answer said, as far as it was saved. */
export interface Saved {
  readonly text: string;
  readonly thought: string;
  /** False if a piece is damaged or missing; the rest is still given. */
  readonly sound: boolean;
  /** How many pieces there are. */
  readonly pieces: number;
}

/** Saves the next piece; the cost does not grow with the answer. */
export function appendChunk(
  db: Db,
  messageId: string,
  n: number,
  piece: { text: string; thought: string },
): void {
  const text = piece.text.toWellFormed();
  const thought = piece.thought.toWellFormed();
  db.run(
    'INSERT INTO chunks (message_id, n, text, thought, checksum) VALUES (?, ?, ?, ?, ?)',
    messageId,
    n,
    text,
    thought,
    chunkChecksum(messageId, n, text, thought),
  );
}

/** Puts the saved pieces of an answer together. */
export function readChunks(db: Db, messageId: string): Saved {
  const rows = db.all<{ n: number; text: string; thought: string; checksum: string }>(
    'SELECT CAST(n AS REAL) AS n, text, thought, checksum FROM chunks WHERE message_id = ? ORDER BY n',
    messageId,
  );
  const sound = rows.every(
    (row, index) =>
      row.n === index && chunkChecksum(messageId, row.n, row.text, row.thought) === row.checksum,
  );
  return {
    text: rows.map((row) => readText(row.text)).join(''),
    thought: rows.map((row) => readText(row.thought)).join(''),
    sound,
    pieces: rows.length,
  };
}

/** Forgets the pieces of an answer, once they are folded into its message. */
export function deleteChunks(db: Db, messageId: string): void {
  db.run('DELETE FROM chunks WHERE message_id = ?', messageId);
}
