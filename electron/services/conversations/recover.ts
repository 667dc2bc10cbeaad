import type { Db } from '../storage/db.ts';
import { deleteChunks, readChunks } from './chunks.ts';
import { type BareMessage, type MessageRow, readMessage, updateMessage } from './messageRows.ts';

/** What an answer nobody writes any more says: all its saved pieces, as `interrupted`. */
export function interrupted(db: Db, row: MessageRow, conversationId: string): BareMessage {
  const message = readMessage(row, conversationId);
  const saved = readChunks(db, row.id);
  return {
    ...message,
    state: 'interrupted',
    text: message.text + saved.text,
    thought: message.thought + saved.thought,
    damaged: message.damaged || !saved.sound,
  };
}

/** Folds the saved pieces of every answer that a crash cut off into its message. Returns how many there were. */
export function recoverAnswers(db: Db): number {
  const rows = db.all<MessageRow>("SELECT * FROM messages WHERE state = 'streaming'");
  for (const row of rows)
    db.transaction(() => {
      const { damaged, ...message } = interrupted(db, row, row.conversation_id);
      updateMessage(db, message, !damaged);
      deleteChunks(db, row.id);
    });
  return rows.length;
}
