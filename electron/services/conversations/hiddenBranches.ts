import type { Db } from '../storage/db.ts';
import { getConversation, setLeaf } from './conversationRows.ts';
import { findMessage, isHidden, newestLeaf, siblingBeside } from './messageTree.ts';

/** The branches that are hidden and wait to be erased, by their first message. */
export const listHiddenBranches = (db: Db) =>
  db.all<{ id: string; removed_at: number }>('SELECT message_id AS id, removed_at FROM removed_branches');

/** Hides a message with all below it; where that was shown, what lies beside it is, or what lies above. In a transaction. */
export function hideBranch(db: Db, conversationId: string, messageId: string, at: number): void {
  const { leafId } = getConversation(db, conversationId);
  const row = findMessage(db, messageId);
  if (!row) return;
  db.run(
    'INSERT INTO removed_branches (message_id, leaf_id, removed_at) VALUES (?, ?, ?)',
    row.id,
    leafId,
    at,
  );
  if (leafId === null || !isHidden(db, leafId)) return;
  const beside = siblingBeside(db, conversationId, row);
  setLeaf(db, conversationId, beside === null ? row.parent_id : newestLeaf(db, beside));
}

/** Shows a hidden branch again, as it was before; false if it is not hidden. In a transaction. */
export function showBranch(db: Db, conversationId: string, messageId: string): boolean {
  const row = findMessage(db, messageId);
  const hidden =
    row &&
    db.get<{ leaf_id: string | null }>('SELECT leaf_id FROM removed_branches WHERE message_id = ?', row.id);
  if (!row || !hidden || row.conversation_id !== conversationId) return false;
  db.run('DELETE FROM removed_branches WHERE message_id = ?', row.id);
  const { leaf_id: leaf } = hidden;
  const shown = leaf !== null && findMessage(db, leaf) && !isHidden(db, leaf);
  setLeaf(db, conversationId, shown ? leaf : newestLeaf(db, row.id));
  return true;
}
