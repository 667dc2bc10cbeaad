import { z } from 'zod';
import { attachmentKind } from '../contract/attachments.ts';
import { method, stream } from '../contract/define.ts';
import { reason } from '../contract/noteSources.ts';

/** What a file says, as plain text or Markdown. */
export const extracted = z.object({
  kind: attachmentKind,
  text: z.string(),
  /** Where each page begins in the text (offsets in UTF-16 units); null for what has no pages. */
  pages: z.array(z.int()).nullable(),
  /** Bytes of the file, and their SHA-256. */
  size: z.number(),
  sha256: z.string(),
  /** What a person should know about how it was read; null if all is plain. */
  remark: z.string().nullable(),
});
export type Extracted = z.infer<typeof extracted>;

/** A stretch of an attachment that may answer a question. */
export const attachmentPassage = z.object({
  id: z.string(),
  heading: z.string(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
  reason,
});
export type AttachmentPassage = z.infer<typeof attachmentPassage>;

/** What the process that reads attached files answers. It may be ended at any time and owns nothing. */
export const readerContract = {
  reader: {
    /** Takes the next bytes of a file, as base64. */
    push: method(z.object({ at: z.int().min(0), data: z.base64() }), z.null()),
    /** Reads what was pushed, or the file at `path`. Fails with `bad_input` and the reason in plain words. */
    read: stream(
      z.object({ name: z.string(), path: z.string().nullable() }),
      z.discriminatedUnion('type', [
        /** Pages, where the file has them. */
        z.object({ type: z.literal('progress'), done: z.int(), total: z.int() }),
        z.object({ type: z.literal('read'), extracted }),
      ]),
    ),
    /** Makes a text known to `find`. */
    index: method(
      z.object({
        id: z.string(),
        name: z.string(),
        kind: attachmentKind,
        text: z.string(),
        pages: z.array(z.int()).nullable(),
      }),
      z.null(),
    ),
    /** The passages of indexed texts for a question, best first; with `anyway`, some from all over where none fits. */
    find: method(
      z.object({
        ids: z.array(z.string()),
        question: z.string(),
        limit: z.int().min(1),
        anyway: z.boolean(),
      }),
      z.object({ passages: z.array(attachmentPassage) }),
    ),
  },
};
export type ReaderContract = typeof readerContract;
