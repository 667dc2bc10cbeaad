import type { ImportReport } from '../../../contract/archive.ts';
import { InklingError, toFailure } from '../../../contract/errors.ts';
import type { WholeChats } from '../../conversations/wholeChats.ts';
import { createTally, type Tally } from '../tally.ts';
import { type ReadChat, readElement, taken, titleOf } from './readElement.ts';
import { findJanFolders, readJanFolder } from './readJanFolder.ts';
import type { Source, SourceFile } from './sources.ts';
import { type JsonPiece, splitJson } from './splitJson.ts';

const mostNamed = 50;
/** Files of the exports that hold no chats, and our own beside the chats. */
const besides =
  /(^|\/)(user|message_feedback|model_comparisons|shared_conversations|group_chats|sora|shopping|export_manifest|settings|inkling)\.json$/;

/** Told between chats, of bytes read and chats taken over; what it awaits lets everybody else have a turn. */
export type OnStep = (read: number, chats: number) => Promise<void>;

/** Takes over all chats of a source, each whole or not at all, and says what became of everything in it. */
export async function importChats(
  whole: WholeChats,
  source: Source,
  now: number,
  onStep: OnStep,
): Promise<ImportReport> {
  const apps = createTally();
  const left = createTally();
  const counts = { chats: 0, messages: 0, known: 0, ignored: 0 };
  const failed: ImportReport['failed'] = { count: 0, first: [] };
  let read = 0;

  const fail = (name: string, reason: string) => {
    failed.count++;
    if (failed.first.length < mostNamed) failed.first.push({ name: name.slice(0, 300), reason });
  };
  /** False if it is no chat. */
  const add = async (name: string, make: (parts: Tally) => ReadChat | null | Promise<ReadChat | null>) => {
    // What a chat leaves behind counts only where the chat itself came.
    const parts = createTally();
    try {
      const made = await make(parts);
      if (!made) return false;
      if (whole.add(made.chat) === 'known') counts.known++;
      else {
        counts.chats++;
        counts.messages += made.chat.messages.length;
        apps.add(made.app);
        for (const { what, count } of parts.list()) left.add(what, count);
      }
    } catch (error) {
      // A disk that is full fails for all that follow, too.
      if (error instanceof InklingError && error.code.startsWith('storage_')) throw error;
      fail(name, toFailure(error).message);
    }
    await onStep(read, counts.chats);
    return true;
  };

  const addPiece = async (file: SourceFile, number: number, piece: JsonPiece): Promise<boolean> => {
    const place = number === 1 ? file.name : `${file.name}, number ${number}`;
    switch (piece.kind) {
      case 'tooLarge':
        fail(place, 'It is too large to be a chat.');
        return true;
      case 'cut':
        fail(file.name, 'The file ends in the middle. What came whole before was taken over.');
        return true;
      case 'notJson':
        return false;
      case 'text': {
        const value = parse(piece.text);
        if (value !== undefined)
          return add(titleOf(value) ?? place, (parts) => readElement(value, now, parts));
        fail(place, 'It is not complete, or damaged.');
        return true;
      }
    }
  };
  const addFile = async (file: SourceFile) => {
    const before = read;
    let number = 0;
    let found = 0;
    const stream = await file.open();
    const counted = async function* () {
      for await (const chunk of stream as AsyncIterable<Uint8Array>) {
        read += chunk.length;
        yield chunk;
      }
    };
    try {
      for await (const piece of splitJson(counted())) if (await addPiece(file, ++number, piece)) found++;
    } finally {
      stream.destroy();
      read = before + file.size;
    }
    if (found > 0) return;
    if (source.single)
      fail(
        file.name,
        'Inkling knows no chats of this kind. It reads exports of Inkling, ChatGPT, LM Studio, Open WebUI and Jan.',
      );
    else counts.ignored++;
  };

  const { folders, others } = findJanFolders(source.files);
  for (const folder of folders) {
    await add(folder.name || 'messages.jsonl', async (parts) =>
      taken(await readJanFolder(folder, parts), now, parts),
    );
    read += folder.messages.size + (folder.thread?.size ?? 0);
  }
  for (const file of others) {
    if (!source.single && (besides.test(file.name) || !/\.json$/i.test(file.name))) {
      counts.ignored++;
      read += file.size;
      continue;
    }
    try {
      await addFile(file);
    } catch (error) {
      if (error instanceof InklingError && error.code !== 'bad_input') throw error;
      fail(file.name, `It cannot be read (${toFailure(error).message}).`);
    }
    await onStep(read, counts.chats);
  }
  return {
    ...counts,
    apps: apps.list().map(({ what, count }) => ({ name: what, chats: count })),
    failed,
    left: left.list(),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
