import { z } from 'zod';
import { attachment } from './attachments.ts';
import { chatSettings } from './chatSettings.ts';
import { conversation, message } from './conversations.ts';

/** What an `inkling-chat` file says about itself. A new version is a format that this one's readers cannot read. */
export const chatFileKind = { format: 'inkling-chat', version: 1 } as const;

/** A message in a file: all that is stored of it. Its place among others follows from `parentId` and the order. */
export const fileMessage = message.omit({ conversationId: true, siblingIndex: true, siblingCount: true });
export type FileMessage = z.infer<typeof fileMessage>;

/** A chat in a file: also who named it, and what it is called where it was imported from. */
export const fileChat = conversation.extend({
  named: z.enum(['nobody', 'person', 'words', 'model']),
  origin: z.string().max(400).nullable(),
  /** What it does in its own way. */
  settings: chatSettings,
});
export type FileChat = z.infer<typeof fileChat>;

/** What was read of an attached file, with where its pages begin. */
export const fileAttachment = attachment
  .omit({ pages: true })
  .extend({ pages: z.array(z.int()).nullable(), text: z.string(), damaged: z.boolean() });
export type FileAttachment = z.infer<typeof fileAttachment>;

/** A whole chat: every branch, oldest message first, so that a parent comes before its children. */
export interface WholeChat {
  readonly chat: FileChat;
  readonly messages: readonly FileMessage[];
  /** The files that its messages name. */
  readonly attachments: readonly FileAttachment[];
}
