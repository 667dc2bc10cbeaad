import {
  type FileAttachment,
  type FileChat,
  type FileMessage,
  fileAttachment,
  fileMessage,
  type WholeChat,
} from '../../contract/chatFile.ts';
import { InklingError } from '../../contract/errors.ts';
import { getText, insertFileAttachment } from '../attachments/attachmentRows.ts';
import type { Db } from '../storage/db.ts';
import type { Storage } from '../storage/openStorage.ts';
import { getConversation, namedBy } from './conversationRows.ts';
import { type BareMessage, insertMessage, type MessageRow, noDetails, readMessage } from './messageRows.ts';
import { newId } from './newId.ts';
import { interrupted } from './recover.ts';
import { readChatSettings, writeChatSettings } from './settingsRows.ts';

const page = 500;

/** Chats as wholes, for files: read out and put in with everything they hold. */
export interface WholeChats {
  /** The ids of all chats, oldest first. */
  ids(): readonly string[];
  /** A chat and its messages, oldest first, in pages, so that others get a turn between them. Throws `not_found`. */
  read(id: string): {
    readonly chat: FileChat;
    readonly pages: Iterable<readonly FileMessage[]>;
    readonly attachments: Iterable<FileAttachment>;
  };
  /** Adds a chat in one step; `known` if it, or what it was imported from, is here already. */
  add(whole: WholeChat): 'added' | 'known';
}

/** What a message has where a file does not say it, also because the file is older than that field. */
export const emptyMessage = { ...noDetails, rating: null, thought: '', state: 'done', damaged: false };

/** Makes {@link WholeChats}; `writing` gives the newest state of an answer that is being written. */
export function createWholeChats(options: {
  storage: Storage;
  now: () => number;
  writing: (id: string) => BareMessage | undefined;
}): WholeChats {
  const { storage, now, writing } = options;
  const { connection } = storage;

  function* pages(id: string, last: number): Generator<readonly FileMessage[]> {
    for (let from = 0; ; ) {
      const db = connection();
      const rows = db.all<MessageRow>(
        `SELECT * FROM messages WHERE conversation_id = ? AND seq > ? AND seq <= ?
         AND id NOT IN (SELECT id FROM hidden_messages) ORDER BY seq LIMIT ?`,
        id,
        from,
        last,
        page,
      );
      if (rows.length === 0) return;
      yield rows.map((row) => {
        const stored = () => (row.state === 'streaming' ? interrupted(db, row, id) : readMessage(row, id));
        const message = writing(row.id) ?? stored();
        // A file cannot hold an answer that is still on its way: it ends where it was.
        const state = message.state === 'streaming' ? 'interrupted' : message.state;
        return fileMessage.parse({ ...message, state });
      });
      from = rows.at(-1)?.seq ?? last;
    }
  }

  function* attachments(id: string): Generator<FileAttachment> {
    const db = connection();
    const rows = db.all<{ id: string }>(
      `SELECT DISTINCT a.id, a.seq FROM attachments a JOIN message_attachments u ON u.attachment_id = a.id
       JOIN messages m ON m.id = u.message_id WHERE m.conversation_id = ?
       AND m.id NOT IN (SELECT id FROM hidden_messages) ORDER BY a.seq`,
      id,
    );
    for (const row of rows) {
      const { attachment, ...stored } = getText(db, row.id);
      yield fileAttachment.parse({ ...attachment, ...stored });
    }
  }

  return {
    ids: () =>
      connection()
        .all<{ id: string }>('SELECT id FROM conversations WHERE removed_at IS NULL ORDER BY seq')
        .map(({ id }) => id),
    read(id) {
      const db = connection();
      const chat = getConversation(db, id);
      const row = db.get<{ named: number; origin: string | null }>(
        'SELECT named, origin FROM conversations WHERE id = ?',
        id,
      );
      const last = db.get<{ seq: number | null }>(
        'SELECT max(seq) AS seq FROM messages WHERE conversation_id = ?',
        id,
      );
      return {
        chat: {
          ...chat,
          named: nameKind(row?.named),
          origin: row?.origin ?? null,
          settings: readChatSettings(db, id).settings,
        },
        pages: pages(id, last?.seq ?? 0),
        attachments: attachments(id),
      };
    },
    add({ chat, messages, attachments: files }) {
      const db = connection();
      return db.transaction(() => {
        const known = db.get(
          'SELECT 1 FROM conversations WHERE id = ? OR (origin IS NOT NULL AND origin = ?)',
          chat.id,
          chat.origin,
        );
        if (known) return 'known';
        insertChat(db, chat, now());
        writeChatSettings(db, chat.id, chat.settings);
        // Before the messages: what they name is theirs when they come.
        for (const file of files) insertFileAttachment(db, file);
        const { byOldId } = insertMessages(db, chat.id, messages);
        const leaf = chat.leafId === null ? undefined : byOldId.get(chat.leafId);
        const end = leaf ?? [...byOldId.values()].at(-1) ?? null;
        db.run('UPDATE conversations SET leaf_id = ? WHERE id = ?', end, chat.id);
        return 'added';
      });
    },
  };
}

const kinds = ['nobody', 'person', 'words', 'model'] as const;
const nameKind = (named: number | undefined): FileChat['named'] =>
  kinds.find((kind) => namedBy[kind] === named) ?? 'person';

function insertChat(db: Db, chat: FileChat, at: number): void {
  db.run(
    `INSERT INTO conversations (id, title, named, created_at, updated_at, pinned_at, archived_at, tags, origin)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    chat.id,
    chat.title.toWellFormed(),
    namedBy[chat.named],
    chat.createdAt,
    chat.updatedAt,
    chat.pinned ? at : null,
    chat.archived ? at : null,
    JSON.stringify(chat.tags.map((tag) => tag.toWellFormed())),
    chat.origin,
  );
}

function insertMessages(db: Db, conversationId: string, messages: readonly FileMessage[]) {
  const byOldId = new Map<string, string>();
  let before: string | null = null;
  for (const message of messages) {
    if (byOldId.has(message.id))
      throw new InklingError('bad_input', `Two of its messages have the same id (${message.id}).`);
    // The name of a row that could not be read, or taken by a message of another chat.
    const taken =
      /^damaged-\d+$/.test(message.id) || db.get('SELECT 1 FROM messages WHERE id = ?', message.id);
    const id: string = taken ? newId() : message.id;
    // A parent that is not there, or comes later, was damaged: it goes on from the message written before.
    const parentId: string | null =
      message.parentId === null ? null : (byOldId.get(message.parentId) ?? before);
    byOldId.set(message.id, id);
    before = id;
    const { damaged, ...content } = message;
    const now = (old: string) => byOldId.get(old) ?? old;
    const summary = content.summary && { ...content.summary, from: now(content.summary.from) };
    const cut = content.cut && { ...content.cut, from: now(content.cut.from) };
    const state = message.state === 'streaming' ? 'interrupted' : message.state;
    insertMessage(db, { ...content, summary, cut, state, id, parentId, conversationId }, !damaged);
  }
  return { byOldId };
}
