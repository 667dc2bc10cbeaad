import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeUnfinished, writeFileAtomic } from '../../../electron/services/storage/writeFileAtomic.ts';
import { tempFolder } from './tempFolder.ts';

it('replaces a file, private to its owner, and leaves nothing else', () => {
  const folder = tempFolder();
  const path = join(folder, 'note.txt');
  writeFileSync(path, 'old and longer', { mode: 0o644 });
  writeFileAtomic(path, 'néw');
  expect(readFileSync(path, 'utf8')).toBe('néw');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  writeFileAtomic(path, new Uint8Array([0, 255]));
  expect([...readFileSync(path)]).toEqual([0, 255]);
  expect(readdirSync(folder)).toEqual(['note.txt']);
});

it('leaves what is there, and no half-written file, where it fails', () => {
  const folder = tempFolder();
  mkdirSync(join(folder, 'taken'));
  expect(() => writeFileAtomic(join(folder, 'taken'), 'x')).toThrow();
  expect(() => writeFileAtomic(join(folder, 'no', 'where'), 'x')).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

it('has its leftovers of a kill removed, and nothing else', () => {
  const folder = tempFolder();
  const others = ['.hidden.tmp', 'a.0123456789ab.tmp', '.settings.json'];
  for (const name of ['.settings.json.0123456789ab.tmp', ...others]) writeFileSync(join(folder, name), 'x');
  removeUnfinished(folder);
  expect(readdirSync(folder).sort()).toEqual(others.sort());
});
