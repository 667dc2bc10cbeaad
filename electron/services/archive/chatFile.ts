import { z } from 'zod';
import {
  chatFileKind,
  type FileAttachment,
  type FileChat,
  type FileMessage,
  fileAttachment,
  fileChat,
  fileMessage,
  type WholeChat,
} from '../../contract/chatFile.ts';
import { InklingError } from '../../contract/errors.ts';
import { emptyMessage } from '../conversations/wholeChats.ts';
import type { Tally } from './tally.ts';

/** What a chat has where a file does not say it. */
const emptyChat = {
  leafId: null,
  pinned: false,
  archived: false,
  tags: [],
  named: 'person',
  origin: null,
  settings: {},
};

const envelope = z.object({ format: z.literal(chatFileKind.format), version: z.number() });

/** A chat as the text of an `inkling-chat` file, a line for each message; made piece by piece. */
export function* writeChatFile(
  chat: FileChat,
  pages: Iterable<readonly FileMessage[]>,
  attachments: Iterable<FileAttachment>,
): Generator<string, void> {
  const { format, version } = chatFileKind;
  const head = JSON.stringify({ format, version, chat: fileChat.parse(chat) });
  yield `${head.slice(0, -1)},"messages":[`;
  let first = true;
  for (const messages of pages) {
    yield messages
      .map((message, at) => `${first && at === 0 ? '' : ','}\n${JSON.stringify(message)}`)
      .join('');
    if (messages.length > 0) first = false;
  }
  yield '\n],"attachments":[';
  first = true;
  for (const file of attachments) {
    yield `${first ? '' : ','}\n${JSON.stringify(file)}`;
    first = false;
  }
  yield '\n]}\n';
}

/** Whether something calls itself an `inkling-chat` file. */
export const isChatFile = (value: unknown): boolean => envelope.safeParse(value).success;

/**
 * Reads a parsed `inkling-chat` file. Fields it does not know are left out and counted. Throws `bad_input` with words
 * for a person where the rest does not fit together.
 */
export function readChatFile(value: unknown, left: Tally): WholeChat {
  const { version } = envelope.parse(value);
  if (version !== chatFileKind.version)
    throw new InklingError(
      'bad_input',
      `It was written by a newer Inkling (format ${version}; this one reads ${chatFileKind.version}).`,
    );
  const { chat, messages, attachments = [], ...rest } = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(rest)) if (key !== 'format' && key !== 'version') left.add(unknownField(key));
  if (!Array.isArray(attachments)) throw new InklingError('bad_input', 'Its attachments are no list.');
  if (!Array.isArray(messages)) throw new InklingError('bad_input', 'It has no list of messages.');
  return {
    chat: readPart(fileChat, emptyChat, chat, 'the chat', left),
    messages: messages.map((message, at) =>
      readPart(fileMessage, emptyMessage, message, `message ${at + 1}`, left),
    ),
    attachments: attachments.map((file, at) =>
      readPart(fileAttachment, { damaged: false }, file, `attachment ${at + 1}`, left),
    ),
  };
}

function readPart<T extends z.ZodObject>(
  schema: T,
  empty: object,
  value: unknown,
  name: string,
  left: Tally,
): z.output<T> {
  const filled = typeof value === 'object' && value !== null ? { ...empty, ...value } : value;
  const read = schema.safeParse(filled);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new InklingError(
      'bad_input',
      `In ${name}, ${issue?.path.join('.') || 'all'} is not as it should be (${issue?.message}).`,
    );
  }
  countUnknown(value, read.data, left);
  return read.data;
}

/** What was in the file and is not in what was read of it: fields of another version, or of somebody's own. */
function countUnknown(value: unknown, read: unknown, left: Tally): void {
  if (Array.isArray(value) && Array.isArray(read))
    for (const [at, one] of value.entries()) countUnknown(one, read[at], left);
  else if (isObject(value) && isObject(read))
    for (const [key, one] of Object.entries(value)) {
      if (Object.hasOwn(read, key)) countUnknown(one, read[key], left);
      else left.add(unknownField(key));
    }
}

const unknownField = (key: string) => `fields that this Inkling does not know (${key.slice(0, 40)})`;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
