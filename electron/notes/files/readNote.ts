import { createHash } from 'node:crypto';
import { accessSync, type BigIntStats, closeSync, constants, readSync } from 'node:fs';
import { dirname } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import type { NoteVersion } from '../../contract/notes.ts';
import { decode } from './decode.ts';
import { toNoteError } from './noteErrors.ts';
import { openPlain, type Root } from './safePath.ts';

/** Longer files are neither edited nor indexed. */
export const maxNoteBytes = 5_000_000;

/** The bytes of a note and what the disk says of it. */
export interface NoteBytes {
  readonly bytes: Buffer;
  /** SHA-256 of the bytes, in hex. */
  readonly hash: string;
  readonly facts: BigIntStats;
  readonly path: string;
}

/** A note that is text. */
export interface NoteText extends NoteBytes {
  readonly text: string;
  readonly bom: boolean;
  readonly readOnly: string | null;
  readonly version: NoteVersion;
}

/** SHA-256 in hex. */
export const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

/** What a caller holds of a file. */
export function versionOf({ hash, facts }: Pick<NoteBytes, 'hash' | 'facts'>): NoteVersion {
  return { hash, modifiedAt: Number(facts.mtimeMs), size: Number(facts.size) };
}

/** Reads a note's bytes. Throws an `InklingError`; `unsupported` for one that is too large or no plain file. */
export function readBytes(root: Root, notePath: string): NoteBytes {
  const { fd, facts, path } = openPlain(root, notePath);
  try {
    if (facts.size > maxNoteBytes)
      throw new InklingError(
        'unsupported',
        `"${notePath}" is larger than 5 MB, too large to be edited or indexed here. It is left as it is.`,
      );
    const bytes = readAll(fd, Number(facts.size));
    return { bytes, hash: sha256(bytes), facts, path };
  } catch (error) {
    throw toNoteError(error, notePath);
  } finally {
    closeSync(fd);
  }
}

/** Reads a note as text. Throws as {@link readBytes} does, and `unsupported` for what is no text. */
export function readNote(root: Root, notePath: string): NoteText {
  const read = readBytes(root, notePath);
  const decoded = decode(read.bytes);
  if (!decoded)
    throw new InklingError(
      'unsupported',
      `"${notePath}" is not text: it holds zero bytes. It is left as it is.`,
    );
  const readOnly =
    decoded.readOnly ?? (mayWrite(read.path) ? null : 'Your account may not change this file.');
  return { ...read, ...decoded, readOnly, version: versionOf(read) };
}

/** Reads to the end, also of a file that grows meanwhile, but never beyond the limit. */
function readAll(fd: number, size: number): Buffer {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    // One byte more than expected: the usual file ends with the second, empty read.
    const chunk = Buffer.allocUnsafe(total === 0 ? size + 1 : 65_536);
    const count = readSync(fd, chunk, 0, chunk.length, null);
    if (count === 0) return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, total);
    chunks.push(chunk.subarray(0, count));
    total += count;
    if (total > maxNoteBytes) throw new InklingError('unsupported', 'This note has grown beyond 5 MB.');
  }
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
