import type { Message } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { Storage } from '../storage/openStorage.ts';
import { type AnswerWriter, createAnswerWriter, type OwnedWriter } from './answerWriter.ts';
import { createChangeFeed } from './changeFeed.ts';
import { readChunks } from './chunks.ts';
import {
  getConversation,
  insertConversation,
  listConversations,
  setLeaf,
  setTitle,
} from './conversationRows.ts';
import { insertMessage, type MessageRow, noDetails, readMessage } from './messageRows.ts';
import { findMessage, newestLeaf, newestMessage, siblingAt, siblingsOf, walkUp } from './messageTree.ts';
import { newId } from './newId.ts';
import { interrupted, recoverAnswers } from './recover.ts';
import { createRemoval } from './removal.ts';
import { searchConversations } from './search.ts';
import { titleFrom } from './titles.ts';

type Model = Message['model'];

/** The chats, kept in the storage. All calls throw what {@link Storage.connection} throws. */
export interface Conversations {
  readonly api: AppService['conversations'];
  /** Saves what a person said and an empty answer below it, in one step; they become the shown branch. `parentId` null is its end. */
  addTurn(input: {
    conversationId: string;
    parentId: string | null | undefined;
    text: string;
    model: Model;
  }): { user: Message; answer: Message };
  /** Adds another answer to a user message and shows it. */
  addAnswer(input: { conversationId: string; messageId: string; model: Model }): Message;
  /** The messages from the first of its branch to this one. Throws `not_found`. */
  branch(messageId: string): Message[];
  /** Opens the answer that `addTurn` or `addAnswer` made, to write it. */
  openAnswer(answerId: string): AnswerWriter;
  /** Turns answers that a crash cut off into `interrupted` ones with all that was saved. Returns how many; 0 while the storage is not usable. */
  recover(): number;
  /** Saves what waits, erases what was removed, stops. */
  close(): void;
}

/** Opens the chats of a storage. */
export function createConversations(options: { storage: Storage; now?: () => number }): Conversations {
  const { storage, now = Date.now } = options;
  const { connection } = storage;
  const feed = createChangeFeed();
  const writers = new Map<string, OwnedWriter>();

  const tellChanged = (id: string) => {
    const conversation = getConversation(connection(), id);
    feed.tell({ type: 'changed', conversation });
    return conversation;
  };
  const toMessage = (row: MessageRow, conversationId: string): Message => {
    const db = connection();
    const written = writers.get(row.id)?.message;
    const message =
      written ??
      (row.state === 'streaming' ? interrupted(db, row, conversationId) : readMessage(row, conversationId));
    if (message.damaged) storage.foundDamaged(message.id);
    return { ...message, ...siblingsOf(db, conversationId, row) };
  };
  const addMessage = (
    conversationId: string,
    parentId: string | null,
    fields: Pick<Message, 'role' | 'state' | 'text' | 'model'>,
  ): Message => {
    const db = connection();
    const id = newId();
    insertMessage(db, {
      ...noDetails,
      ...fields,
      id,
      conversationId,
      parentId,
      thought: '',
      createdAt: now(),
    });
    return toMessage(rowOf(id, conversationId), conversationId);
  };
  const rowOf = (messageId: string, conversationId: string): MessageRow => {
    const row = findMessage(connection(), messageId);
    const foreign =
      row && row.conversation_id !== conversationId && !readMessage(row, conversationId).damaged;
    if (!row || foreign) throw new InklingError('not_found', 'This message is not in this chat any more.');
    return row;
  };
  const addEmptyAnswer = (conversationId: string, parentId: string, model: Model): Message => {
    const answer = addMessage(conversationId, parentId, {
      role: 'assistant',
      state: 'streaming',
      text: '',
      model,
    });
    setLeaf(connection(), conversationId, answer.id, now());
    // Its writer will open in a moment; until then nothing interrupted it.
    return { ...answer, state: 'streaming' };
  };
  /** The row at the end of the shown branch; where that is not known any more, the newest message. */
  const leafOf = (conversationId: string): MessageRow | undefined => {
    const db = connection();
    const { leafId } = getConversation(db, conversationId);
    return (leafId === null ? undefined : findMessage(db, leafId)) ?? newestMessage(db, conversationId);
  };

  const removal = createRemoval({
    storage,
    now,
    onErase(ids) {
      for (const [id, writer] of writers)
        if (ids.includes(writer.message.conversationId)) {
          writer.abandon();
          writers.delete(id);
        }
    },
  });
  const recover = (): number => {
    try {
      const recovered = recoverAnswers(connection());
      removal.resume();
      return recovered;
    } catch (error) {
      // The storage's status tells; until it is well, cut-off answers are put together when they are read.
      if (error instanceof InklingError) return 0;
      throw error;
    }
  };
  storage.onReopen(() => {
    for (const writer of writers.values()) writer.abandon();
    writers.clear();
    recover();
    feed.tell({ type: 'reset' });
  });

  return {
    addTurn({ conversationId, parentId, text, model }) {
      const db = connection();
      const turn = db.transaction(() => {
        getConversation(db, conversationId);
        const parent = parentId ? rowOf(parentId, conversationId) : leafOf(conversationId);
        const user = addMessage(conversationId, parent?.id ?? null, {
          role: 'user',
          state: 'done',
          text,
          model: null,
        });
        setTitle(db, conversationId, titleFrom(text), true);
        return { user, answer: addEmptyAnswer(conversationId, user.id, model) };
      });
      tellChanged(conversationId);
      return turn;
    },
    addAnswer({ conversationId, messageId, model }) {
      const db = connection();
      const answer = db.transaction(() => {
        getConversation(db, conversationId);
        const { role } = rowOf(messageId, conversationId);
        if (role !== 'user') throw new InklingError('bad_input', 'Only a message of yours can be answered.');
        return addEmptyAnswer(conversationId, messageId, model);
      });
      tellChanged(conversationId);
      return answer;
    },
    branch(messageId) {
      const db = connection();
      const row = findMessage(db, messageId);
      if (!row) throw new InklingError('not_found', 'This message is not there any more.');
      return walkUp(db, row.conversation_id, row, Number.MAX_SAFE_INTEGER)
        .reverse()
        .map((above) => toMessage(above, row.conversation_id));
    },
    openAnswer(answerId) {
      const db = connection();
      const row = findMessage(db, answerId);
      if (!row) throw new InklingError('not_found', 'This answer is not there any more.');
      if (row.state !== 'streaming' || writers.has(answerId))
        throw new InklingError('conflict', 'This answer is already written.');
      const writer = createAnswerWriter({
        message: { ...interrupted(db, row, row.conversation_id), state: 'streaming' },
        pieces: readChunks(db, answerId).pieces,
        connection,
        retry: storage.retry,
        onEnded(message) {
          writers.delete(message.id);
          const shown = connection().get(
            'SELECT 1 FROM conversations WHERE id = ? AND removed_at IS NULL',
            message.conversationId,
          );
          if (shown) tellChanged(message.conversationId);
        },
      });
      writers.set(answerId, writer);
      return writer;
    },
    recover,
    close() {
      for (const writer of writers.values()) writer.flush();
      removal.close();
    },
    api: {
      create(input) {
        const db = connection();
        const made = db.transaction(() => insertConversation(db, input?.title, now()));
        feed.tell({ type: 'changed', conversation: made });
        return made;
      },
      list: ({ offset, limit }) => listConversations(connection(), offset, limit),
      get: ({ id }) => getConversation(connection(), id),
      rename({ id, title }) {
        const db = connection();
        db.transaction(() => {
          getConversation(db, id);
          setTitle(db, id, title);
        });
        return tellChanged(id);
      },
      remove({ id }) {
        const undo = removal.remove(id);
        feed.tell({ type: 'removed', id });
        return undo;
      },
      restore({ id }) {
        removal.restore(id);
        return tellChanged(id);
      },
      messages({ id, before, limit }) {
        const db = connection();
        const end = leafOf(id);
        const from = before === null ? end : walkUp(db, id, rowOf(before, id), 2)[1];
        const rows = walkUp(db, id, from, limit + 1);
        return {
          messages: rows
            .slice(0, limit)
            .reverse()
            .map((row) => toMessage(row, id)),
          hasEarlier: rows.length > limit,
        };
      },
      select({ id, messageId, step }) {
        const db = connection();
        db.transaction(() => {
          getConversation(db, id);
          const through = siblingAt(db, id, rowOf(messageId, id), step);
          setLeaf(db, id, newestLeaf(db, through));
        });
        return tellChanged(id);
      },
      search: ({ query, limit }) => ({ hits: searchConversations(connection(), query, limit) }),
      watch: (_, { signal }) => feed.watch(signal),
    },
  };
}
