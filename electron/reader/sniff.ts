/** What the first bytes of a file say it is; `text` where they say nothing. */
export type Sniffed =
  | { readonly type: 'pdf' | 'zip' | 'text' }
  /** A format that is not read, in words: "a picture". */
  | { readonly type: 'other'; readonly words: string };

const ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const marks: readonly (readonly [words: string, ...bytes: (number | string)[]])[] = [
  ['a picture', 0x89, 'PNG'],
  ['a picture', 0xff, 0xd8, 0xff],
  ['a picture', 'GIF8'],
  ['a picture', 'II*\0'],
  ['a picture', 'MM\0*'],
  ['a sound', 'ID3'],
  ['a sound', 'OggS'],
  ['a sound', 'fLaC'],
  ['a sound, a video or a picture', 'RIFF'],
  ['an archive', 0x1f, 0x8b],
  ['an archive', '7z', 0xbc, 0xaf],
  ['an archive', 'Rar!'],
  ['an archive', 'BZh'],
  ['an archive', 0xfd, '7zXZ'],
  ['an archive', 0x28, 0xb5, 0x2f, 0xfd],
  ['a program', 0x7f, 'ELF'],
  ['a program', 'MZ'],
  ['a program', 0xcf, 0xfa, 0xed, 0xfe],
  ['a database', 'SQLite format 3'],
  ['a model', 'GGUF'],
];

/** Looks at the beginning of a file; its name is not believed. */
export function sniff(bytes: Buffer): Sniffed {
  // Some programs put a few bytes of their own before the mark.
  if (bytes.subarray(0, 1024).includes('%PDF-')) return { type: 'pdf' };
  if (begins(bytes, ['PK', 3, 4])) return { type: 'zip' };
  if (begins(bytes, ole)) return { type: 'other', words: oleWords(bytes) };
  if (begins(bytes, ['{\\rtf'])) return { type: 'other', words: 'a rich text file (RTF)' };
  if (bytes.toString('latin1', 4, 8) === 'ftyp') return { type: 'other', words: 'a video or a picture' };
  const found = marks.find(([, ...mark]) => begins(bytes, mark));
  // Text may begin with the letters of a short mark; a real file of that kind holds zeros soon.
  if (found && !(found.slice(1).every((part) => typeof part === 'string') && !hasZero(bytes)))
    return { type: 'other', words: found[0] };
  return { type: 'text' };
}

const hasZero = (bytes: Buffer) => bytes.subarray(0, 4096).includes(0);

function begins(bytes: Buffer, mark: readonly (number | string)[]): boolean {
  const wanted = Buffer.concat(
    mark.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from([part]))),
  );
  return bytes.subarray(0, wanted.length).equals(wanted);
}

/** An old Office file, or a new one that is locked by a password: both are packed alike. */
function oleWords(bytes: Buffer): string {
  return bytes.includes(Buffer.from('EncryptedPackage', 'utf16le'))
    ? 'locked'
    : 'a document of an old Office version';
}
