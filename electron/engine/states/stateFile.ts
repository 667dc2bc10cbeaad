import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate as pause } from 'node:timers/promises';

/*
 * A kept state is what llama.cpp writes, followed by our seal. llama.cpp reads its part from the start of the file and
 * stops at its end, so the seal needs no second file:
 *   0 "INKSTATE"   8 u32 format   12 u32 tokens   16 u64 bytes before the seal
 *   24 key         56 digest of the tokens        88 digest of the bytes before the seal      120 digest of 0..120
 * llama.cpp's part begins with magic, version and number of tokens (u32 each), then the tokens.
 */
const magic = 'INKSTATE';
const format = 1;
const sealSize = 152;
const tokensAt = 12;
const digestSize = 32;
const chunkSize = 1 << 20;
/** No context is so large; a seal must not claim more memory than that takes. */
const mostTokens = 1 << 24;

/** What stands at the end of a kept state. */
export interface Seal {
  readonly key: Buffer;
  readonly tokens: number;
  readonly size: number;
  readonly tokensDigest: Buffer;
  readonly digest: Buffer;
}

/** Why a file is no state that could be used. */
export class BadState extends Error {}

const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

/** Tokens as they lie in the file. */
export const tokenBytes = (tokens: Uint32Array): Buffer => {
  const bytes = Buffer.alloc(tokens.length * 4);
  tokens.forEach((token, at) => void bytes.writeUInt32LE(token, at * 4));
  return bytes;
};

/** Opens a state without following links or waiting for devices. Throws {@link BadState} for what is no file. */
export async function openStateFile(path: string, write = false): Promise<FileHandle> {
  const { O_RDONLY, O_RDWR, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants;
  const handle = await open(path, (write ? O_RDWR : O_RDONLY) | O_NOFOLLOW | O_NONBLOCK);
  try {
    if ((await handle.stat()).isFile()) return handle;
    throw new BadState('it is no file');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Reads and checks the seal, not yet the bytes before it. */
export async function readSeal(handle: FileHandle): Promise<Seal> {
  const { size } = await handle.stat();
  if (size < sealSize + tokensAt) throw new BadState('it is too short');
  const seal = await readAt(handle, size - sealSize, sealSize);
  if (seal.toString('latin1', 0, 8) !== magic) throw new BadState('it has no seal');
  if (seal.readUInt32LE(8) !== format) throw new BadState('it is of another format');
  if (!digestOf(seal.subarray(0, 120)).equals(seal.subarray(120))) throw new BadState('its seal is damaged');
  const read: Seal = {
    tokens: seal.readUInt32LE(12),
    size: Number(seal.readBigUInt64LE(16)),
    key: seal.subarray(24, 56),
    tokensDigest: seal.subarray(56, 88),
    digest: seal.subarray(88, 120),
  };
  if (read.size !== size - sealSize) throw new BadState('its length is not as sealed');
  if (read.tokens > mostTokens || tokensAt + read.tokens * 4 > read.size)
    throw new BadState('its tokens do not fit');
  return read;
}

/** The tokens whose evaluation a state holds. */
export async function readTokens(handle: FileHandle, seal: Seal): Promise<Uint32Array> {
  const bytes = await readAt(handle, tokensAt, seal.tokens * 4);
  if (!digestOf(bytes).equals(seal.tokensDigest)) throw new BadState('its tokens are damaged');
  return Uint32Array.from({ length: seal.tokens }, (_, at) => bytes.readUInt32LE(at * 4));
}

/** Reads every byte that llama.cpp is about to read and throws {@link BadState} unless they are those that were sealed. */
export async function checkState(handle: FileHandle, seal: Seal, signal: AbortSignal): Promise<void> {
  if (!(await hash(handle, seal.size, signal)).equals(seal.digest)) throw new BadState('it is damaged');
}

/** Seals what llama.cpp wrote and forces it to the disk. Throws {@link BadState} if that is not `size` bytes with these tokens. */
export async function sealState(
  handle: FileHandle,
  input: { readonly key: Buffer; readonly tokens: Uint32Array; readonly size: number },
  signal: AbortSignal,
): Promise<void> {
  const { key, tokens, size } = input;
  // What did not fit on a full disk, the closing of a file does not tell.
  if ((await handle.stat()).size !== size) throw new BadState('it was not written whole');
  const bytes = tokenBytes(tokens);
  const written = await readAt(handle, tokensAt, bytes.length);
  if (!written.equals(bytes)) throw new BadState('it holds other tokens');
  const digest = await hash(handle, size, signal);
  const seal = Buffer.alloc(sealSize);
  seal.write(magic, 'latin1');
  seal.writeUInt32LE(format, 8);
  seal.writeUInt32LE(tokens.length, 12);
  seal.writeBigUInt64LE(BigInt(size), 16);
  for (const [at, part] of [key, digestOf(bytes), digest].entries()) part.copy(seal, 24 + at * digestSize);
  digestOf(seal.subarray(0, 120)).copy(seal, 120);
  const { bytesWritten } = await handle.write(seal, 0, sealSize, size);
  if (bytesWritten !== sealSize) throw new BadState('its seal was not written whole');
  signal.throwIfAborted();
  await handle.sync();
}

async function hash(handle: FileHandle, size: number, signal: AbortSignal): Promise<Buffer> {
  const sum = createHash('sha256');
  const chunk = Buffer.alloc(Math.min(chunkSize, size));
  for (let at = 0; at < size; ) {
    signal.throwIfAborted();
    const { bytesRead } = await handle.read(chunk, 0, Math.min(chunk.length, size - at), at);
    if (bytesRead === 0) throw new BadState('it became shorter');
    sum.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
    // A heartbeat must not wait for gigabytes.
    await pause();
  }
  return sum.digest();
}

async function readAt(handle: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  for (let read = 0; read < length; ) {
    const { bytesRead } = await handle.read(bytes, read, length - read, at + read);
    if (bytesRead === 0) throw new BadState('it is too short');
    read += bytesRead;
  }
  return bytes;
}
