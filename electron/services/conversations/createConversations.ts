import type { Attachment } from '../../contract/attachments.ts';
import type { ChatSettings } from '../../contract/chatSettings.ts';
import type { Message } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { Claim } from '../../contract/noteSources.ts';
import type { Storage } from '../storage/openStorage.ts';
import { type AnswerWriter, createAnswerWriter, type OwnedWriter } from './answerWriter.ts';
import { createChangeFeed } from './changeFeed.ts';
import { readChunks } from './chunks.ts';
import { conversationCalls } from './conversationCalls.ts';
import { getConversation, proposeTitle, setMarks } from './conversationRows.ts';
import { updateDetails } from './messageRows.ts';
import { createMessageStore, type Mark } from './messageStore.ts';
import { findMessage, isWithin } from './messageTree.ts';
import { interrupted, recoverAnswers } from './recover.ts';
import { createRemoval } from './removal.ts';
import { readChatSettings } from './settingsRows.ts';
import { titleFrom } from './titles.ts';
import { createWholeChats, type WholeChats } from './wholeChats.ts';

type Model = Message['model'];

/** The chats, kept in the storage. Calls throw what {@link Storage.connection} throws, and `not_found`. */
export interface Conversations {
  readonly api: AppService['conversations'];
  /** Saves what a person said and an empty answer below it, in one step; they become the shown branch. `parentId` null is its end; `editOf` puts them beside another question. */
  addTurn(input: {
    conversationId: string;
    parentId: string | null | undefined;
    editOf?: string | undefined;
    text: string;
    attachments?: readonly Attachment[];
    model: Model;
    format?: Message['format'];
  }): { user: Message; answer: Message };
  /** Adds another answer to a user message and shows it. */
  addAnswer(input: {
    conversationId: string;
    messageId: string;
    model: Model;
    format?: Message['format'];
  }): Message;
  /** What a chat does in its own way. */
  settingsOf(id: string): ChatSettings;
  /** Makes an answer ready to be gone on with and shows it: itself, or one beside it that begins with the same words. */
  reopenAnswer(input: {
    conversationId: string;
    messageId: string;
    begin?: string | undefined;
    model: Model;
  }): Message;
  /** The messages from the first of its branch to this one. */
  branch(messageId: string): Message[];
  /** Counts up with every change of any chat, but not with each word of an answer that is being written. */
  version(): number;
  /** Changes what a person decided about messages, all or none. Answers with them as they are now. */
  mark(conversationId: string, marks: readonly (Mark & { readonly id: string })[]): Message[];
  /** Throws `not_found` for a chat that is not there. */
  expectChat(id: string): void;
  /** Opens the answer that `addTurn` or `addAnswer` made, to write it. Throws `conflict` if it is written already. */
  openAnswer(answerId: string): AnswerWriter;
  /** Turns answers that a crash cut off into `interrupted` ones with all that was saved. Returns how many; 0 while the storage is not usable. */
  recover(): number;
  /** The ids of all chats, removed ones that can still come back included; null while the storage is not usable. */
  ids(): Set<string> | null;
  /** The first words and the first answer of a chat that is called by its words still; null for all others. */
  untitled(id: string): { readonly question: string; readonly answer: string } | null;
  /** Gives a chat the name that a model made, unless a person named it since. */
  nameByModel(id: string, title: string): void;
  /** The answer that a chat ends with, once it is whole; null for all others. */
  lastAnswer(id: string): Message | null;
  /** Keeps what was decided about the statements of an answer, unless it changed since. */
  judge(answer: Message, claims: readonly Claim[]): void;
  readonly whole: WholeChats;
  /** Tells every window that too much changed to tell one by one. */
  tellReset(): void;
  /** Saves what waits, erases what was removed, stops. Closing the storage waits for it. */
  close(): void;
}

/** Opens the chats of a storage. */
export function createConversations(options: {
  storage: Storage;
  now?: () => number;
  /** Told of chats that are erased for good, whole or in part, before their rows go. */
  onErase?: (ids: readonly string[]) => void;
}): Conversations {
  const { storage, now = Date.now, onErase } = options;
  const { connection } = storage;
  const feed = createChangeFeed();
  const writers = new Map<string, OwnedWriter>();
  const messages = createMessageStore({ storage, now, writing: (id) => writers.get(id)?.message });

  const whole = createWholeChats({ storage, now, writing: (id) => writers.get(id)?.message });
  const tellChanged = (id: string) => {
    const conversation = getConversation(connection(), id);
    feed.tell({ type: 'changed', conversation });
    return conversation;
  };
  const abandon = (which: (writer: OwnedWriter) => boolean) => {
    for (const [id, writer] of writers) {
      if (!which(writer)) continue;
      writer.abandon();
      writers.delete(id);
    }
  };
  const removal = createRemoval({
    storage,
    now,
    onErase({ conversations, branches }) {
      abandon(
        ({ message }) =>
          conversations.includes(message.conversationId) ||
          branches.some((id) => isWithin(connection(), message.id, id)),
      );
      const chatsOf = branches.map((id) => findMessage(connection(), id)?.conversation_id ?? '');
      onErase?.([...conversations, ...chatsOf.filter((id) => id !== '')]);
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
  const onEnded = ({ id, conversationId }: { id: string; conversationId: string }) => {
    writers.delete(id);
    const shown = 'SELECT 1 FROM conversations WHERE id = ? AND removed_at IS NULL';
    if (connection().get(shown, conversationId)) tellChanged(conversationId);
  };
  storage.onReopen(() => {
    // What they write belongs to the database that was replaced.
    abandon(() => true);
    recover();
    feed.tell({ type: 'reset' });
  });

  return {
    addTurn({ conversationId, parentId, editOf, text, attachments, model, format }) {
      const db = connection();
      const turn = db.transaction(() => {
        const user = messages.addQuestion(conversationId, { parentId, editOf }, { text, attachments });
        // What goes on is not put away any more.
        setMarks(db, conversationId, { archived: false }, now());
        proposeTitle(db, conversationId, titleFrom(text), 'words', 'nobody');
        return { user, answer: messages.addAnswer(conversationId, user.id, model, format) };
      });
      tellChanged(conversationId);
      return turn;
    },
    addAnswer({ conversationId, messageId, model, format }) {
      const answer = connection().transaction(() =>
        messages.addAnswer(conversationId, messageId, model, format),
      );
      tellChanged(conversationId);
      return answer;
    },
    settingsOf: (id) => readChatSettings(connection(), id).settings,
    reopenAnswer({ conversationId, messageId, begin, model }) {
      const db = connection();
      const answer = db.transaction(() => messages.reopen(conversationId, messageId, model, begin));
      tellChanged(conversationId);
      return answer;
    },
    branch: messages.branch,
    version: () => feed.version,
    expectChat: (id) => void getConversation(connection(), id),
    mark(conversationId, marks) {
      const changed = connection().transaction(() =>
        marks.map(({ id, ...mark }) => messages.mark(conversationId, id, mark)),
      );
      tellChanged(conversationId);
      return changed;
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
        onEnded,
      });
      writers.set(answerId, writer);
      return writer;
    },
    recover,
    ids() {
      try {
        return new Set(
          connection()
            .all<{ id: string }>('SELECT id FROM conversations')
            .map(({ id }) => id),
        );
      } catch (error) {
        if (error instanceof InklingError) return null;
        throw error;
      }
    },
    untitled(id) {
      const { chat } = whole.read(id);
      if (chat.named !== 'words' || chat.leafId === null) return null;
      const [question, answer] = messages.branch(chat.leafId);
      if (question?.role !== 'user' || answer?.state !== 'done' || answer.text.trim() === '') return null;
      return { question: question.text, answer: answer.text };
    },
    nameByModel(id, title) {
      const db = connection();
      if (db.transaction(() => proposeTitle(db, id, title, 'model', 'words'))) tellChanged(id);
    },
    lastAnswer(id) {
      const { leafId } = whole.read(id).chat;
      const last = leafId === null ? undefined : messages.branch(leafId).at(-1);
      return last?.role === 'assistant' && last.state === 'done' && last.conversationId === id ? last : null;
    },
    judge({ id, conversationId, text }, claims) {
      const db = connection();
      const done = db.transaction(() => {
        const now = messages.branch(id).at(-1);
        if (now?.state !== 'done' || now.text !== text || !now.notes) return false;
        updateDetails(db, id, { notes: { ...now.notes, claims: [...claims] } });
        return true;
      });
      if (done) feed.tell({ type: 'judged', id: conversationId });
    },
    whole,
    tellReset: () => feed.tell({ type: 'reset' }),
    close() {
      for (const writer of writers.values()) writer.flush();
      removal.close();
    },
    api: conversationCalls({ connection, now, messages, removal, feed, tellChanged }),
  };
}
