import { z } from 'zod';
import { id, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';

/** How a file was read. */
export const attachmentKind = z.enum(['text', 'markdown', 'code', 'csv', 'pdf', 'docx']);
export type AttachmentKind = z.infer<typeof attachmentKind>;

/** Bytes of the largest file that is read. */
export const largestFile = 50_000_000;
/** Bytes of a file that travel at once. */
export const uploadPiece = 512 * 1024;

/** Files that one message can have. */
export const mostAttachments = 20;

/** A file that was attached to a message, or waits for one. Its text is kept with the chat; the file is not needed any more. */
export const attachment = z.object({
  id,
  name: z.string(),
  kind: attachmentKind,
  /** Bytes of the file. */
  size: z.number(),
  /** SHA-256 of the file. */
  sha256: z.string(),
  /** Length of its text in UTF-16 units. */
  characters: z.int(),
  /** Null for what has no pages. */
  pages: z.int().nullable(),
  /** What a person should know about how it was read. */
  remark: z.string().nullable(),
  createdAt: timestamp,
});
export type Attachment = z.infer<typeof attachment>;

const fileName = z.string().min(1).max(1024);
/** The chat in whose composer it waits; null for the chat that is not begun yet. */
const composer = z.object({ conversationId: id.nullable() });

export const attachments = {
  /** Begins to take a file in pieces. Says at once if it is too large. */
  begin: method(z.object({ name: fileName, size: z.int().min(0) }), z.object({ uploadId: id })),
  /** The next bytes, as base64; `at` is how many came before. */
  push: method(
    z.object({ uploadId: id, at: z.int().min(0), data: z.base64().max(2 * uploadPiece) }),
    z.null(),
  ),
  /** Reads a file that came in pieces, or one at its place, and keeps its text. Leaving the stream stops it. */
  add: stream(
    composer.extend({
      from: z.discriminatedUnion('type', [
        z.object({ type: z.literal('upload'), uploadId: id }),
        z.object({ type: z.literal('path'), path }),
      ]),
    }),
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('reading'), done: z.int(), total: z.int() }),
      z.object({ type: z.literal('added'), attachment }),
    ]),
  ),
  /** What waits in a composer, oldest first. */
  list: method(composer, z.object({ attachments: z.array(attachment) })),
  /** The text of an attachment, and where each of its pages begins in it. */
  read: method(
    z.object({ id }),
    z.object({
      attachment,
      text: z.string(),
      pages: z.array(z.int()).nullable(),
      /** The stored bytes do not match their checksum: the text is shown as it is, marked. */
      damaged: z.boolean(),
    }),
  ),
  /** Takes one that waits away; `restore` undoes that for at least 10 s, then every trace goes. */
  remove: method(z.object({ id }), z.object({ undoUntil: timestamp })),
  restore: method(z.object({ id }), attachment),
};
