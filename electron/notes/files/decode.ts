import { isUtf8 } from 'node:buffer';

/** The bytes of a note as text. `readOnly` says why what is edited could not be written back as it was. */
export interface Decoded {
  readonly text: string;
  /** The file begins with UTF-8's byte order mark, which `text` lacks. */
  readonly bom: boolean;
  readonly readOnly: string | null;
}

const wide = 'This note is stored as UTF-16. It can be read and found; convert it to UTF-8 to edit it here.';
const broken =
  'This note holds bytes that are no valid UTF-8, shown as �. It can be read and found; convert it to UTF-8 to edit it here.';

/** Reads bytes as text; null if they are none (they hold zeros). */
export function decode(bytes: Buffer): Decoded | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe)
    return { text: bytes.toString('utf16le', 2), bom: false, readOnly: wide };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const swapped = Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16();
    return { text: swapped.toString('utf16le'), bom: false, readOnly: wide };
  }
  if (bytes.includes(0)) return null;
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const rest = bom ? bytes.subarray(3) : bytes;
  return { text: rest.toString('utf8'), bom, readOnly: isUtf8(rest) ? null : broken };
}

/** Writes text as UTF-8, with the mark if the file had one. */
export function encode(text: string, bom: boolean): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return bom ? Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]) : bytes;
}
