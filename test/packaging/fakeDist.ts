import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Electron's programs carry their fuses: this text, a version, a count, one letter a fuse. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** Writes an unpacked Electron for Linux with all fuses as Electron ships them, but with no Electron inside. */
export function writeFakeDist(folder: string, fuses: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const program = Buffer.concat([
    Buffer.from('not really Electron '),
    Buffer.from(sentinel),
    Buffer.from([1, fuses.length]),
    Buffer.from(fuses),
    Buffer.from(' the end'),
  ]);
  writeFileSync(join(folder, 'electron'), program);
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of [
    'locales/en-US.pak',
    'locales/de.pak',
    'LICENSE',
    'LICENSES.chromium.html',
    'version',
    'chrome-sandbox',
  ])
    writeFileSync(join(folder, name), '45.4.1');
}
