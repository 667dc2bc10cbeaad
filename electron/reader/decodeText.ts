import { isUtf8 } from 'node:buffer';
import { refused } from './limits.ts';

/** Bytes as text, and what a person should know about how they were read. */
export interface DecodedText {
  readonly text: string;
  readonly remark: string | null;
}

/** Bytes that are looked at to tell UTF-16 without its mark. */
const looked = 64 * 1024;
/** Share of control characters from which on it is no text. */
const tooMany = 0.02;
const western =
  'It is not stored as UTF-8, so it was read as Western European text (Windows-1252). Some letters may be wrong.';

/** Reads bytes as text with LF line ends, whatever they are encoded in; refuses what is no text. */
export function decodeText(bytes: Buffer): DecodedText {
  const wide = readWide(bytes);
  if (wide !== null) return { text: tidy(wide), remark: null };
  if (bytes.includes(0)) throw noText();
  const rest = begins(bytes, 0xef, 0xbb, 0xbf) ? bytes.subarray(3) : bytes;
  if (isUtf8(rest)) return { text: tidy(rest.toString('utf8')), remark: null };
  return { text: tidy(new TextDecoder('windows-1252').decode(rest)), remark: western };
}

/** Text with LF line ends, without characters that only control terminals. */
export function plainText(text: string): string {
  return text
    .replace(/[^\P{Cc}\t\n\r\f]/gu, '')
    .replace(/\r\n?|\f/g, '\n')
    .toWellFormed();
}

/** The same, refused where so many characters go that it is no text. */
function tidy(text: string): string {
  const lines = text.replaceAll('\r\n', '\n');
  const plain = plainText(lines);
  if (lines.length - plain.length > Math.max(8, lines.length * tooMany)) throw noText();
  return plain;
}

/** UTF-16 as text, with its mark or without; null for anything else. */
function readWide(bytes: Buffer): string | null {
  if (begins(bytes, 0xff, 0xfe)) return begins(bytes, 0xff, 0xfe, 0, 0) ? null : bytes.toString('utf16le', 2);
  if (begins(bytes, 0xfe, 0xff)) return bigEndian(bytes.subarray(2));
  const part = bytes.subarray(0, Math.min(looked, bytes.length - (bytes.length % 2)));
  let even = 0;
  let odd = 0;
  for (let at = 0; at < part.length; at += 2) {
    if (part[at] === 0) even++;
    if (part[at + 1] === 0) odd++;
  }
  // Spaces, digits and Latin letters have a zero beside them, always on the same side.
  const pairs = part.length / 2;
  if (odd > pairs * 0.2 && even < pairs * 0.01) return bytes.toString('utf16le');
  if (even > pairs * 0.2 && odd < pairs * 0.01) return bigEndian(bytes);
  return null;
}

const begins = (bytes: Buffer, ...mark: number[]) => mark.every((byte, at) => bytes[at] === byte);

const bigEndian = (bytes: Buffer) =>
  Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
    .swap16()
    .toString('utf16le');

const noText = () =>
  refused(
    'It is no text: it holds bytes that stand in programs, pictures and the like. Nothing of it was kept.',
  );
