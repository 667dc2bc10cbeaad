import type { Message } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';
import { setLeaf } from './conversationRows.ts';
import { insertMessage, type MessageRow, readMessage, updateMessage } from './messageRows.ts';
import { newId } from './newId.ts';

/**
 * Makes an ended answer one that is being written again, to be called in a transaction; returns its id. Where another
 * model goes on, or something was said after it, that is a new answer beside it with the same words: what was answered
 * to, and who wrote what, stays true. With `begin` it is a new answer that begins with these words.
 */
export function reopenAnswer(
  db: Db,
  conversationId: string,
  row: MessageRow,
  { model, begin, at }: { model: Message['model']; begin: string | undefined; at: number },
): string {
  const { damaged, ...message } = readMessage(row, conversationId);
  if (message.role !== 'assistant' || message.parentId === null)
    throw new InklingError('bad_input', 'Only an answer can be continued.');
  if (message.state === 'streaming')
    throw new InklingError('conflict', 'This answer is still being written. Stop it first.');
  if (damaged)
    throw new InklingError(
      'bad_input',
      'This answer was damaged on disk, so it cannot be continued. It stays as it is; try again for another one.',
    );
  const open = { ...message, state: 'streaming' as const, endReason: null, error: null };
  const followed = db.get('SELECT 1 FROM messages WHERE parent_id = ? LIMIT 1', row.id) !== undefined;
  if (begin === undefined && !followed && model?.id === message.model?.id) {
    updateMessage(db, open);
    setLeaf(db, conversationId, row.id, at);
    return row.id;
  }
  const id = newId();
  const words = begin === undefined ? open : { ...open, text: begin };
  insertMessage(db, { ...words, id, model, createdAt: at, stats: null, leftOut: 0, cut: null, rating: null });
  setLeaf(db, conversationId, id, at);
  return id;
}
