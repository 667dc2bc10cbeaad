import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { assertNever } from '../../base/assertNever.ts';
import type { ExportWish } from '../../contract/archive.ts';
import type { FileMessage, WholeChat } from '../../contract/chatFile.ts';
import type { Settings } from '../../contract/settings.ts';
import type { WholeChats } from '../conversations/wholeChats.ts';
import { writeChatFile } from './chatFile.ts';
import { dayOf, fileName } from './fileNames.ts';
import { writeHtml } from './htmlFile.ts';
import { writeMarkdown } from './markdownFile.ts';
import { branchOf, conversationLine, preferenceLines } from './trainingFile.ts';

/** What an export came to, filled in while it is written. */
export interface Written {
  chats: number;
  lines: number | null;
  notes: string[];
}

interface Deps {
  readonly whole: WholeChats;
  readonly settings: () => Settings;
  readonly version: string;
}

/** The bytes of an export, made as they are taken; `onChat` hears how many of how many chats were begun. */
export async function* exportChunks(
  deps: Deps,
  wish: ExportWish,
  written: Written,
  onChat: (done: number, total: number) => void,
): AsyncGenerator<string | Uint8Array> {
  switch (wish.what) {
    case 'chat':
      onChat(0, 1);
      yield* oneChat(deps, wish.id, wish.format, written);
      return;
    case 'everything':
      yield* everything(deps, written, onChat);
      return;
    case 'training':
      yield* training(deps, wish.kind, written, onChat);
      return;
    default:
      assertNever(wish);
  }
}

async function* oneChat(
  { whole }: Deps,
  id: string,
  format: 'markdown' | 'json' | 'html',
  written: Written,
): AsyncGenerator<string> {
  written.chats = 1;
  if (format === 'json') {
    const { chat, pages, attachments } = whole.read(id);
    yield* unhurried(writeChatFile(chat, pages, attachments));
    return;
  }
  const all = await collect(whole, id);
  const branch = branchOf(all.messages, all.chat.leafId);
  const elsewhere = all.messages.length - branch.length;
  if (elsewhere > 0)
    written.notes.push(
      elsewhere === 1
        ? 'One message on another branch is not in it; the JSON export has all of them.'
        : `${elsewhere} messages on other branches are not in it; the JSON export has all of them.`,
    );
  yield* unhurried(format === 'html' ? writeHtml(all.chat, branch) : writeMarkdown(all.chat, branch));
}

async function* everything(
  { whole, settings, version }: Deps,
  written: Written,
  onChat: (done: number, total: number) => void,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const ids = whole.ids();
  const about = { format: 'inkling-archive', version: 1, app: version, chats: ids.length };
  zip.addBuffer(json(about), 'inkling.json');
  zip.addBuffer(json(settings()), 'settings.json');
  for (const id of ids) {
    const { chat } = whole.read(id);
    const name = `chats/${dayOf(chat.createdAt)} ${fileName(chat.title)} ${id}.json`;
    zip.addReadStreamLazy(name, { mtime: new Date(chat.updatedAt) }, (take) => {
      onChat(written.chats++, ids.length);
      try {
        const { chat: now, pages, attachments } = whole.read(id);
        take(null, Readable.from(unhurried(writeChatFile(now, pages, attachments))));
      } catch (error) {
        take(error, Readable.from([]));
      }
    });
  }
  zip.end();
  // Its errors come as an event of their own, which would end the process where nobody listens.
  const output = zip.outputStream as Readable;
  zip.on('error', (error) => output.destroy(error as Error));
  yield* output as AsyncIterable<Uint8Array>;
}

async function* training(
  { whole }: Deps,
  kind: 'conversations' | 'preferences',
  written: Written,
  onChat: (done: number, total: number) => void,
): AsyncGenerator<string> {
  const ids = whole.ids();
  let count = 0;
  for (const [at, id] of ids.entries()) {
    onChat(at, ids.length);
    const chat = await collect(whole, id);
    const lines =
      kind === 'preferences'
        ? preferenceLines(chat)
        : [conversationLine(chat)].filter((line) => line !== null);
    if (lines.length > 0) written.chats++;
    count += lines.length;
    yield* lines;
  }
  written.lines = count;
}

async function collect(whole: WholeChats, id: string): Promise<WholeChat> {
  const { chat, pages } = whole.read(id);
  const messages: FileMessage[] = [];
  for (const page of pages) {
    messages.push(...page);
    await others();
  }
  // What is written to be read, or to train with, names files but does not hold them.
  return { chat, messages, attachments: [] };
}

/** Gives everybody else a turn between the pieces. */
async function* unhurried(pieces: Iterable<string>): AsyncGenerator<string> {
  for (const piece of pieces) {
    yield piece;
    await others();
  }
}

const others = () => new Promise((resume) => setImmediate(resume));
const json = (value: unknown) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
