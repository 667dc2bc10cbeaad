import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const longest = 80;
/** Names that Windows keeps for devices. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A name that every system takes for a file, made of words of a person. */
export function fileName(words: string): string {
  const plain = words
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = [...plain]
    .slice(0, longest)
    .join('')
    .replace(/^[. ]+|[. ]+$/g, '');
  return short === '' || reserved.test(short) ? `chat ${short}`.trim() : short;
}

/** A path in the person's downloads (else at home) that nothing has yet. */
export function freePath(name: string, extension: string): string {
  const folders = [process.env['XDG_DOWNLOAD_DIR'], join(homedir(), 'Downloads'), homedir()];
  const folder = folders.find((each) => each && isFolder(each)) ?? homedir();
  for (let n = 1; ; n++) {
    const path = join(folder, `${name}${n === 1 ? '' : ` ${n}`}.${extension}`);
    if (!existsSync(path)) return path;
  }
}

const isFolder = (path: string) => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** The day of a time, as the calendar of this place has it: 2026-03-15. */
export function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  if (Number.isNaN(date.getTime())) return 'undated';
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
