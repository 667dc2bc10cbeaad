import type { Attachment } from '../../contract/attachments.ts';
import type { Message, Rating } from '../../contract/conversations.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Storage } from '../storage/openStorage.ts';
import { getConversation, setLeaf } from './conversationRows.ts';
import {
  type BareMessage,
  insertMessage,
  type MessageRow,
  noDetails,
  readMessage,
  setRating,
  updateDetails,
} from './messageRows.ts';
import {
  findMessage,
  isHidden,
  newestLeaf,
  newestMessage,
  siblingAt,
  siblingsOf,
  walkUp,
} from './messageTree.ts';
import { newId } from './newId.ts';
import { interrupted } from './recover.ts';
import { reopenAnswer } from './reopenAnswer.ts';

/** Characters of a page, beyond its last message: a window reads them all at once. */
const pageCharacters = 1_000_000;

// How many of the rows, from the first one on, make up a page of bounded size.
function readable(rows: readonly { readonly text: string; readonly thought: string }[]): number {
  let size = 0;
  const tooMany = rows.findIndex((row, index) => {
    size += row.text.length + row.thought.length;
    return index > 0 && size > pageCharacters;
  });
  return tooMany < 0 ? rows.length : tooMany;
}

/** What a person decides about a message after it was written. */
export type Mark = Partial<Pick<Message, 'keep' | 'summary'>>;

/** The messages of all chats, as windows and prompts see them. Calls throw `not_found` for what is not there. */
export interface MessageStore {
  /**
   * Adds what a person said: beside the question `editOf`, below `parentId`, or at the end of the shown branch. Without
   * attachments named, an edited question keeps its own.
   */
  addQuestion(
    conversationId: string,
    place: { readonly parentId?: string | null | undefined; readonly editOf?: string | undefined },
    said: { readonly text: string; readonly attachments?: readonly Attachment[] | undefined },
  ): Message;
  /** Adds an answer without words below a person's message and shows it. */
  addAnswer(
    conversationId: string,
    questionId: string,
    model: Message['model'],
    format?: Message['format'],
  ): Message;
  /** Makes an ended answer, or a copy of it beside it, one that is being written, and shows it. */
  reopen(conversationId: string, messageId: string, model: Message['model'], begin?: string): Message;
  /** The last `limit` messages of the shown branch, or of those above the message `before`; fewer where they are huge. */
  page(
    conversationId: string,
    before: string | null,
    limit: number,
  ): { messages: Message[]; hasEarlier: boolean };
  /** All messages from the first of its branch to this one, which must be of the chat `conversationId` if that is given. */
  branch(messageId: string, conversationId?: string): Message[];
  /** Changes what a person decided about a message. Throws `conflict` while it is written, `storage_damaged` for a damaged one. */
  mark(conversationId: string, messageId: string, mark: Mark): Message;
  /** Throws `not_found` for a message that is not in the chat. */
  expect(conversationId: string, messageId: string): void;
  /** Shows the newest branch through a message, or through its sibling `step` places further on. */
  show(conversationId: string, messageId: string, step: number): void;
  /** Keeps what a person thinks of an answer. Throws `conflict` while it is written. */
  rate(conversationId: string, messageId: string, rating: Rating | null): Message;
}

/** Makes a {@link MessageStore}; `writing` gives the newest state of an answer that is being written. */
export function createMessageStore(options: {
  storage: Storage;
  now: () => number;
  writing: (id: string) => BareMessage | undefined;
}): MessageStore {
  const { storage, now, writing } = options;
  const { connection } = storage;

  const toMessage = (row: MessageRow, conversationId: string): Message => {
    const db = connection();
    const stored = () =>
      row.state === 'streaming' ? interrupted(db, row, conversationId) : readMessage(row, conversationId);
    const message = writing(row.id) ?? stored();
    if (message.damaged) storage.foundDamaged(message.id);
    return { ...message, ...siblingsOf(db, conversationId, row) };
  };
  const rowOf = (messageId: string, conversationId: string): MessageRow => {
    const row = findMessage(connection(), messageId);
    // A damaged message may name any chat; it is shown in this one, so it can be named in this one.
    const foreign =
      row && row.conversation_id !== conversationId && !readMessage(row, conversationId).damaged;
    if (!row || foreign || isHidden(connection(), row.id))
      throw new InklingError('not_found', 'This message is not in this chat any more.');
    return row;
  };
  /** The row at the end of the shown branch; where that is not known any more, the newest message. */
  const leafOf = (conversationId: string): MessageRow | undefined => {
    const db = connection();
    const { leafId } = getConversation(db, conversationId);
    return (leafId === null ? undefined : findMessage(db, leafId)) ?? newestMessage(db, conversationId);
  };
  const aboveQuestion = (row: MessageRow): MessageRow | undefined => {
    if (row.role !== 'user') throw new InklingError('bad_input', 'Only a message of yours can be edited.');
    return row.parent_id === null ? undefined : findMessage(connection(), row.parent_id);
  };
  const add = (
    conversationId: string,
    parentId: string | null,
    fields: Pick<Message, 'role' | 'state' | 'text' | 'model'> &
      Partial<Pick<Message, 'attachments' | 'format'>>,
  ): Message => {
    const message = {
      ...noDetails,
      ...fields,
      id: newId(),
      conversationId,
      parentId,
      thought: '',
      createdAt: now(),
      rating: null,
    };
    insertMessage(connection(), message);
    const row = rowOf(message.id, conversationId);
    // Its writer opens in a moment; until then nothing interrupted a new answer.
    return { ...toMessage(row, conversationId), state: fields.state };
  };

  return {
    addQuestion(conversationId, { parentId, editOf }, { text, attachments }) {
      getConversation(connection(), conversationId);
      const edited = editOf === undefined ? null : rowOf(editOf, conversationId);
      const parent = edited
        ? aboveQuestion(edited)
        : parentId
          ? rowOf(parentId, conversationId)
          : leafOf(conversationId);
      return add(conversationId, parent?.id ?? null, {
        role: 'user',
        state: 'done',
        text,
        attachments: [...(attachments ?? (edited ? readMessage(edited, conversationId).attachments : []))],
        model: null,
      });
    },
    addAnswer(conversationId, questionId, model, format = null) {
      getConversation(connection(), conversationId);
      if (rowOf(questionId, conversationId).role !== 'user')
        throw new InklingError('bad_input', 'Only a message of yours can be answered.');
      const answer = add(conversationId, questionId, {
        role: 'assistant',
        state: 'streaming',
        text: '',
        model,
        format,
      });
      setLeaf(connection(), conversationId, answer.id, now());
      return answer;
    },
    reopen(conversationId, messageId, model, begin) {
      const db = connection();
      getConversation(db, conversationId);
      const row = rowOf(messageId, conversationId);
      const id = reopenAnswer(db, conversationId, row, { model, begin, at: now() });
      return { ...toMessage(rowOf(id, conversationId), conversationId), state: 'streaming' };
    },
    page(conversationId, before, limit) {
      const db = connection();
      const end = leafOf(conversationId);
      const from = before === null ? end : walkUp(db, conversationId, rowOf(before, conversationId), 2)[1];
      const rows = walkUp(db, conversationId, from, limit + 1);
      const taken = rows.slice(0, Math.min(limit, readable(rows)));
      const messages = taken.reverse().map((row) => toMessage(row, conversationId));
      return { messages, hasEarlier: rows.length > messages.length };
    },
    branch(messageId, conversationId) {
      const db = connection();
      const row = conversationId ? rowOf(messageId, conversationId) : findMessage(db, messageId);
      if (!row) throw new InklingError('not_found', 'This message is not there any more.');
      const id = conversationId ?? row.conversation_id;
      return walkUp(db, id, row, Number.MAX_SAFE_INTEGER)
        .reverse()
        .map((above) => toMessage(above, id));
    },
    mark(conversationId, messageId, mark) {
      const db = connection();
      getConversation(db, conversationId);
      const { state, damaged } = toMessage(rowOf(messageId, conversationId), conversationId);
      if (state === 'streaming' || writing(messageId))
        throw new InklingError(
          'conflict',
          'This answer is still being written. Try again when it has ended.',
        );
      if (damaged)
        throw new InklingError(
          'storage_damaged',
          'This message is damaged on disk, so nothing of it can be changed. It is kept as it is.',
        );
      updateDetails(db, messageId, mark);
      return toMessage(rowOf(messageId, conversationId), conversationId);
    },
    expect(conversationId, messageId) {
      getConversation(connection(), conversationId);
      rowOf(messageId, conversationId);
    },
    show(conversationId, messageId, step) {
      const db = connection();
      getConversation(db, conversationId);
      const through = siblingAt(db, conversationId, rowOf(messageId, conversationId), step);
      setLeaf(db, conversationId, newestLeaf(db, through));
    },
    rate(conversationId, messageId, rating) {
      getConversation(connection(), conversationId);
      const row = rowOf(messageId, conversationId);
      if (row.role !== 'assistant') throw new InklingError('bad_input', 'Only answers can be rated.');
      if (row.state === 'streaming')
        throw new InklingError('conflict', 'This answer is still being written. Rate it when it has ended.');
      setRating(connection(), row.id, rating);
      return toMessage({ ...row, rating }, conversationId);
    },
  };
}
