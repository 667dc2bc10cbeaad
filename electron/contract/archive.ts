import { z } from 'zod';
import { id, path } from './common.ts';
import { method, stream } from './define.ts';

/** What to write into a file. */
export const exportWish = z.discriminatedUnion('what', [
  /** One chat: its shown branch to read (`markdown`, `html`), or all of it (`json`). */
  z.object({ what: z.literal('chat'), id, format: z.enum(['markdown', 'json', 'html']) }),
  /** All chats as JSON and the settings, without secrets, in a zip file. */
  z.object({ what: z.literal('everything') }),
  /** JSON lines for fine-tuning: whole conversations, or pairs of a better and a worse answer. */
  z.object({ what: z.literal('training'), kind: z.enum(['conversations', 'preferences']) }),
]);
export type ExportWish = z.infer<typeof exportWish>;

export const exportEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.int(), total: z.int() }),
  z.object({
    type: z.literal('finished'),
    path,
    size: z.number(),
    chats: z.int(),
    /** Lines written, for training data. */
    lines: z.int().nullable(),
    /** What a person should know, like messages on other branches that the format leaves out. */
    notes: z.array(z.string()),
  }),
]);
export type ExportEvent = z.infer<typeof exportEvent>;

/** What an import did. Nothing of a chat is here unless all of it is. */
export const importReport = z.object({
  chats: z.int(),
  messages: z.int(),
  /** Where they came from. */
  apps: z.array(z.object({ name: z.string(), chats: z.int() })),
  /** Chats that were here already, and stay as they are. */
  known: z.int(),
  /** What could not be read: the first of them by name, and how many in all. */
  failed: z.object({
    count: z.int(),
    first: z.array(z.object({ name: z.string(), reason: z.string() })),
  }),
  /** Parts of the chats that Inkling has no place for, like images. */
  left: z.array(z.object({ what: z.string(), count: z.int() })),
  /** Files without chats. */
  ignored: z.int(),
});
export type ImportReport = z.infer<typeof importReport>;

export const importEvent = z.discriminatedUnion('type', [
  /** Bytes read of all there are, and chats taken over so far; those stay where the import is stopped. */
  z.object({ type: z.literal('progress'), read: z.number(), size: z.number(), chats: z.int() }),
  z.object({ type: z.literal('finished'), report: importReport }),
]);
export type ImportEvent = z.infer<typeof importEvent>;

export const archive = {
  /** A path for an export that is free now, in the person's downloads. */
  suggest: method(z.object({ wish: exportWish }), z.object({ path })),
  /** Writes a file, whole or not at all. Fails with `conflict` where there is one already, unless it is to be replaced. */
  export: stream(z.object({ wish: exportWish, path, replace: z.boolean().default(false) }), exportEvent),
  /** Takes over chats of Inkling, ChatGPT, LM Studio, Open WebUI or Jan from a file, a zip file or a folder. */
  importFrom: stream(z.object({ path }), importEvent),
};
