import { InklingError } from '../../../contract/errors.ts';
import type { Tally } from '../tally.ts';
import type { ForeignChat } from './foreign.ts';
import { readJan } from './jan.ts';
import { readWhole, type SourceFile } from './sources.ts';
import { type Json, objectOf } from './values.ts';

/** A folder of Jan: one chat in two files. */
export interface JanFolder {
  readonly name: string;
  readonly thread: SourceFile | null;
  readonly messages: SourceFile;
}

/** The threads of Jan among files, and the files that are no part of one. */
export function findJanFolders(files: readonly SourceFile[]): {
  readonly folders: readonly JanFolder[];
  readonly others: readonly SourceFile[];
} {
  const byName = new Map(files.map((file) => [file.name, file]));
  const folders: JanFolder[] = [];
  const taken = new Set<SourceFile>();
  for (const file of files) {
    if (!/(^|\/)messages\.jsonl$/.test(file.name)) continue;
    const folder = file.name.slice(0, -'messages.jsonl'.length);
    const thread = byName.get(`${folder}thread.json`) ?? null;
    folders.push({ name: folder.replace(/\/$/, ''), thread, messages: file });
    taken.add(file);
    if (thread) taken.add(thread);
  }
  return { folders, others: files.filter((file) => !taken.has(file)) };
}

/** Reads a thread of Jan. Lines that are broken are left out and counted. */
export async function readJanFolder(folder: JanFolder, left: Tally): Promise<ForeignChat> {
  const lines: Json[] = [];
  for (const line of (await readWhole(folder.messages)).split('\n')) {
    if (line.trim() === '') continue;
    const value = parse(line);
    if (value) lines.push(value);
    else left.add('lines that could not be read');
  }
  if (lines.length === 0) throw new InklingError('bad_input', 'None of its messages can be read.');
  const thread = folder.thread === null ? null : parse(await readWhole(folder.thread));
  if (thread === null) left.add('descriptions of chats (thread.json) that could not be read');
  return readJan(folder.name, thread, lines, left);
}

function parse(text: string): Json | null {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return null;
  }
}
