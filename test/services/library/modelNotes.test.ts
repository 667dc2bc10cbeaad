import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openModelNotes } from '../../../electron/services/library/modelNotes.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

let dir: string;
beforeEach(() => {
  dir = makeDir();
});
afterEach(() => removeDir(dir));
const path = () => join(dir, 'model-notes.json');
const hash = 'a'.repeat(64);

it('keeps what was noted over a restart, for this account alone', () => {
  const notes = openModelNotes(dir);
  notes.set('one', { name: 'Mine' });
  notes.set('one', { hub: [hash] });
  notes.set('two', { name: 'Other' });
  notes.remove('two');
  expect(statSync(path()).mode & 0o777).toBe(0o600);
  const again = openModelNotes(dir);
  expect(again.get('one')).toMatchObject({ name: 'Mine', hub: [hash], check: null });
  expect(again.get('two')).toMatchObject({ name: null, hub: null });
});

it('passes over a note that it does not understand, and keeps it', () => {
  const newer = { name: 'x', hub: 'of a newer version' };
  writeFileSync(path(), JSON.stringify({ models: { new: newer, old: { name: 'Known' } } }));
  const notes = openModelNotes(dir);
  expect(notes.get('new').name).toBeNull();
  expect(notes.get('old').name).toBe('Known');
  notes.set('old', { name: 'Changed' });
  expect(JSON.parse(readFileSync(path(), 'utf8')).models.new).toEqual(newer);
});

it('puts a file that it cannot read aside, and goes on', () => {
  writeFileSync(path(), '{"models": {');
  const notes = openModelNotes(dir);
  notes.set('one', { name: 'Mine' });
  const [aside = ''] = readdirSync(dir).filter((name) => name.includes('damaged'));
  expect(readFileSync(join(dir, aside), 'utf8')).toBe('{"models": {');
  expect(openModelNotes(dir).get('one').name).toBe('Mine');
});

it('stays as it was where the disk takes nothing', () => {
  const notes = openModelNotes(dir);
  notes.set('one', { name: 'Mine' });
  removeDir(dir);
  expect(() => notes.set('one', { name: 'Lost' })).toThrow(
    expect.objectContaining({ code: 'storage_failed' }),
  );
  expect(notes.get('one').name).toBe('Mine');
  mkdirSync(dir);
});
