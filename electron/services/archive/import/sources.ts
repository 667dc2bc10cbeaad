import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { InklingError } from '../../../contract/errors.ts';

/** A file to look for chats in, by itself, in a folder or in a zip file. */
export interface SourceFile {
  /** With `/` between folders. */
  readonly name: string;
  readonly size: number;
  open(): Promise<Readable>;
}

/** What a person pointed at. */
export interface Source {
  readonly files: readonly SourceFile[];
  /** Whether it is one file, of which there is to be said why it holds no chats. */
  readonly single: boolean;
  close(): void;
}

const mostFiles = 200_000;
const deepest = 8;
const largestText = 128_000_000;
/** What a zip file may grow to: beyond it is made to fill the disk or the memory, not to hold chats. */
const mostGrowth = 1000;

/** Opens a file, a zip file or a folder. Throws in words of a person. */
export async function openSource(path: string): Promise<Source> {
  if (!isAbsolute(path))
    throw new InklingError(
      'bad_input',
      'Write the whole path of the file or folder, from the root of the disk.',
    );
  const facts = await stat(path).catch(() => null);
  if (!facts) throw new InklingError('not_found', `There is nothing at ${path}.`);
  if (facts.isDirectory()) return { files: await walk(path, '', 0, []), single: false, close: () => {} };
  if (!facts.isFile()) throw new InklingError('bad_input', `${path} is neither a file nor a folder.`);
  if (await isZip(path)) return openZip(path);
  const open = async () => createReadStream(path);
  return { files: [{ name: basename(path), size: facts.size, open }], single: true, close: () => {} };
}

/** The text of a small file. Throws where it is larger than a chat can be. */
export async function readWhole(file: SourceFile): Promise<string> {
  if (file.size > largestText) throw new InklingError('bad_input', `${file.name} is too large to be a chat.`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (await file.open()) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    // A file may grow while it is read.
    if (size > largestText) throw new InklingError('bad_input', `${file.name} is too large to be a chat.`);
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function walk(root: string, inside: string, depth: number, found: SourceFile[]): Promise<SourceFile[]> {
  const folder = join(root, inside);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const name = inside === '' ? entry.name : `${inside}/${entry.name}`;
    const path = join(root, name);
    // Links are left alone: they lead out of what the person pointed at, or in circles.
    if (entry.isDirectory() && depth < deepest) await walk(root, name, depth + 1, found);
    if (!entry.isFile()) continue;
    if (found.length >= mostFiles) throw tooMany();
    const { size } = await stat(path);
    found.push({ name, size, open: async () => createReadStream(path) });
  }
  return found;
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new InklingError('bad_input', `${path} cannot be read (${String((error as Error).message)}).`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50;
  } finally {
    await file.close();
  }
}

async function openZip(path: string): Promise<Source> {
  const broken = (error: unknown) =>
    new InklingError(
      'bad_input',
      `This zip file is damaged or not complete (${(error as Error).message}). Fetch it again.`,
    );
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch((error: unknown) => {
    throw broken(error);
  });
  try {
    const files = (await listEntries(zip)).map((entry) => ({
      name: entry.fileName,
      size: entry.uncompressedSize,
      open: () => openEntry(zip, entry),
    }));
    return { files, single: false, close: () => zip.close() };
  } catch (error) {
    zip.close();
    throw error instanceof InklingError ? error : broken(error);
  }
}

function listEntries(zip: ZipFile): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry) => {
      if (!entry.fileName.endsWith('/')) entries.push(entry);
      if (entries.length > mostFiles) reject(tooMany());
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });
}

function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.uncompressedSize > 10_000_000 && entry.uncompressedSize / entry.compressedSize > mostGrowth)
    throw new InklingError('bad_input', 'It would grow to much more than a chat can be.');
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

const tooMany = () =>
  new InklingError(
    'bad_input',
    `There are more than ${mostFiles} files in it. Choose the one with the chats.`,
  );
