import type { Conversation, Message } from '../../contract/conversations.ts';
import type { Db } from '../storage/db.ts';
import { insertConversation, setLeaf } from './conversationRows.ts';
import { insertMessage } from './messageRows.ts';
import { newId } from './newId.ts';
import { readChatSettings, writeChatSettings } from './settingsRows.ts';
import { forkTitle } from './titles.ts';

/** Copies a branch into a chat of its own with the same settings, to be called in a transaction. Returns the new chat's id. */
export function forkBranch(db: Db, from: Conversation, branch: readonly Message[], at: number): string {
  const { id } = insertConversation(db, forkTitle(from.title), at);
  const ids = new Map(branch.map((message) => [message.id, newId()]));
  // What a message says of others holds for their copies.
  const moved = <T extends { readonly from: string }>(named: T | null): T | null => {
    const from = ids.get(named?.from ?? '');
    return named && from !== undefined ? { ...named, from } : null;
  };
  let parentId: string | null = null;
  for (const message of branch) {
    const { damaged, ...copy } = message;
    // What is still being written goes on in the first chat only.
    const state: Message['state'] = copy.state === 'streaming' ? 'stopped' : copy.state;
    const own = ids.get(message.id) ?? newId();
    const [cut, summary] = [moved(copy.cut), moved(copy.summary)];
    insertMessage(db, { ...copy, id: own, conversationId: id, parentId, state, cut, summary }, !damaged);
    parentId = own;
  }
  if (parentId !== null) setLeaf(db, id, parentId, at);
  writeChatSettings(db, id, readChatSettings(db, from.id).settings);
  return id;
}
