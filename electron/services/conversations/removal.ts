import type { Conversation } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Storage } from '../storage/openStorage.ts';
import { createRemovedThings } from '../storage/removedThings.ts';
import { getConversation } from './conversationRows.ts';
import { hideBranch, listHiddenBranches, showBranch } from './hiddenBranches.ts';

/** Hides chats and branches of them, brings them back, and erases them when the time for that is over. */
export interface Removal {
  remove(id: string): { undoUntil: number };
  restore(id: string): Conversation;
  /** The same for a message with all below it. */
  removeBranch(conversationId: string, messageId: string): { undoUntil: number };
  restoreBranch(conversationId: string, messageId: string): void;
  /** Erases what is past its time and watches the rest; to be called at the start and after a reopening. */
  resume(): void;
  /** Erases all that is removed: with the app ends the time to undo. */
  close(): void;
}

/** Makes a {@link Removal}; it is told before rows go. */
export function createRemoval(options: {
  storage: Storage;
  now: () => number;
  onErase: (erased: { conversations: readonly string[]; branches: readonly string[] }) => void;
}): Removal {
  const { storage, now, onErase } = options;
  const chats = createRemovedThings({
    storage,
    now,
    list: (db) => db.all('SELECT id, removed_at FROM conversations WHERE removed_at IS NOT NULL'),
    erase(conversations) {
      onErase({ conversations, branches: [] });
      return storage.erase({ conversations });
    },
  });
  const branches = createRemovedThings({
    storage,
    now,
    list: listHiddenBranches,
    erase(gone) {
      onErase({ conversations: [], branches: gone });
      return storage.erase({ branches: gone });
    },
  });
  let stopRetrying: (() => void) | undefined;
  // Bytes that a crash or a full disk left of what was erased.
  const scrub = (): void => {
    storage.erase({}).then(
      () => {
        stopRetrying?.();
        stopRetrying = undefined;
      },
      () => {
        stopRetrying ??= storage.retry(scrub);
      },
    );
  };

  return {
    resume() {
      scrub();
      chats.resume();
      branches.resume();
    },
    remove(id) {
      const db = storage.connection();
      const at = now();
      db.transaction(() => {
        getConversation(db, id);
        db.run('UPDATE conversations SET removed_at = ? WHERE id = ?', at, id);
      });
      chats.resume();
      return { undoUntil: chats.undoUntil(at) };
    },
    restore(id) {
      const db = storage.connection();
      if (chats.isGone(id)) throw new InklingError('not_found', 'This chat was deleted for good.');
      return db.transaction(() => {
        db.run('UPDATE conversations SET removed_at = NULL WHERE id = ?', id);
        return getConversation(db, id);
      });
    },
    removeBranch(conversationId, messageId) {
      const db = storage.connection();
      const at = now();
      db.transaction(() => hideBranch(db, conversationId, messageId, at));
      branches.resume();
      return { undoUntil: branches.undoUntil(at) };
    },
    restoreBranch(conversationId, messageId) {
      const db = storage.connection();
      const gone = () => new InklingError('not_found', 'This message was deleted for good.');
      if (branches.isGone(messageId)) throw gone();
      db.transaction(() => {
        getConversation(db, conversationId);
        if (!showBranch(db, conversationId, messageId)) throw gone();
      });
    },
    close() {
      stopRetrying?.();
      chats.close();
      branches.close();
    },
  };
}
