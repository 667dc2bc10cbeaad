import { basename } from 'node:path';
import type { Attachment } from '../../contract/attachments.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import type { AttachmentPassage } from '../../reader/contract.ts';
import type { SpawnChild } from '../children.ts';
import type { Storage } from '../storage/openStorage.ts';
import { createRemovedThings } from '../storage/removedThings.ts';
import {
  getAttachment,
  getText,
  hasAttachment,
  insertAttachment,
  listRemoved,
  listWaiting,
  type StoredText,
  setRemoved,
} from './attachmentRows.ts';
import { type AttachmentFinder, createFinder } from './finder.ts';
import { readInProcess, startReader } from './readerProcess.ts';
import { createUploads } from './uploads.ts';

/** Files attached to messages: their text is kept with the chats. Calls throw what {@link Storage.connection} throws. */
export interface Attachments {
  readonly api: AppService['attachments'];
  /** Throws `not_found`. */
  get(id: string): Attachment;
  has(id: string): boolean;
  text(id: string): StoredText;
  /** The passages for a question, best first. */
  find(wish: Parameters<AttachmentFinder['find']>[0], signal: AbortSignal): Promise<AttachmentPassage[]>;
  close(): void;
}

/** Makes the {@link Attachments}; `entry` is the process that reads files. */
export function createAttachments(options: {
  storage: Storage;
  spawn: SpawnChild;
  entry: string;
  now?: () => number;
}): Attachments {
  const { storage, spawn, entry, now = Date.now } = options;
  const { connection } = storage;
  const start = () => startReader(spawn, entry);
  const uploads = createUploads(start);
  const finder = createFinder({ spawn, entry });
  const removed = createRemovedThings({
    storage,
    now,
    list: listRemoved,
    erase: (ids) => storage.erase({ attachments: ids }),
  });
  removed.resume();
  storage.onReopen(() => removed.resume());

  return {
    get: (id) => getAttachment(connection(), id),
    has: (id) => hasAttachment(connection(), id),
    text: (id) => getText(connection(), id),
    find: (wish, signal) => finder.find(wish, (id) => getText(connection(), id), signal),
    close() {
      uploads.close();
      finder.close();
      removed.close();
    },
    api: {
      begin: ({ name, size }) => ({ uploadId: uploads.begin(name, size) }),
      async push({ uploadId, at, data }) {
        await uploads.push(uploadId, at, data);
        return null;
      },
      async *add({ conversationId, from }, { signal }) {
        const { name, reader, path } =
          from.type === 'upload'
            ? { ...uploads.take(from.uploadId), path: null }
            : { name: basename(from.path), reader: start(), path: from.path };
        for await (const event of readInProcess(reader, { name, path }, signal)) {
          if ('done' in event) yield { type: 'reading', ...event };
          else
            yield {
              type: 'added',
              attachment: insertAttachment(connection(), conversationId, name, event, now()),
            };
        }
      },
      list: ({ conversationId }) => ({ attachments: listWaiting(connection(), conversationId) }),
      read({ id }) {
        const { attachment, text, pages, damaged } = getText(connection(), id);
        return { attachment, text, pages: pages && [...pages], damaged };
      },
      remove({ id }) {
        const at = now();
        if (!setRemoved(connection(), id, at))
          throw new InklingError('conflict', 'This attachment belongs to a message and stays with it.');
        removed.resume();
        return { undoUntil: removed.undoUntil(at) };
      },
      restore({ id }) {
        if (removed.isGone(id) || !setRemoved(connection(), id, null))
          throw new InklingError('not_found', 'This attachment was removed for good. Attach the file again.');
        return getAttachment(connection(), id);
      },
    },
  };
}
