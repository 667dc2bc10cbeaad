import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFolder, type NotesFolder, type OpenNotes, openNotes } from '../notesFolder.ts';

let folder: NotesFolder;
let open: OpenNotes;
afterEach(async () => {
  await open.close();
  folder.remove();
});

const begin = async (files: Readonly<Record<string, string>>) => {
  folder = makeFolder(files);
  open = await openNotes(folder);
};
const note = (path: string) => ({ folderId: 'one', path });
const text = (path: string) => readFileSync(join(folder.notes, path), 'utf8');
const renameAll = async (path: string, to: string) => {
  const { changes } = await open.api.planRename({ note: note(path), to });
  const update = [...new Map(changes.map((change) => [change.note.path, change.note])).values()];
  return { changes, ...(await open.api.rename({ note: note(path), to, update })) };
};

describe('a rename', () => {
  it('plans every line that links to the note, and changes those lines alone', async () => {
    await begin({
      'Boat.md': '# Boat\nSee [[Boat#Engine]].',
      'log.md':
        'one\r\nThe [[Boat]] and [[boat#x|it]], [md](Boat.md#x "t").\r\nBoat stays [[Boathouse]] `[[Boat]]`\r\n',
      'sub/deep.md': '[up](../Boat.md) [[Boat.md]] ![[Boat]]',
      'alias.md': '[[Other]]',
    });
    const { changes, updated, failed } = await renameAll('Boat.md', 'Old (red) Ship.md');
    expect(changes.map(({ note: { path }, line, before, after }) => [path, line, before, after])).toEqual([
      [
        'log.md',
        2,
        'The [[Boat]] and [[boat#x|it]], [md](Boat.md#x "t").',
        'The [[Old (red) Ship]] and [[Old (red) Ship#x|it]], [md](Old%20%28red%29%20Ship.md#x "t").',
      ],
      [
        'sub/deep.md',
        1,
        '[up](../Boat.md) [[Boat.md]] ![[Boat]]',
        '[up](../Old%20%28red%29%20Ship.md) [[Old (red) Ship.md]] ![[Old (red) Ship]]',
      ],
      ['Boat.md', 2, 'See [[Boat#Engine]].', 'See [[Old (red) Ship#Engine]].'],
    ]);
    expect({ updated, failed }).toEqual({ updated: 3, failed: [] });
    expect(text('log.md')).toBe(
      'one\r\nThe [[Old (red) Ship]] and [[Old (red) Ship#x|it]], [md](Old%20%28red%29%20Ship.md#x "t").\r\nBoat stays [[Boathouse]] `[[Boat]]`\r\n',
    );
    expect(text('Old (red) Ship.md')).toBe('# Boat\nSee [[Old (red) Ship#Engine]].');
    const { backlinks } = await open.api.around({ note: note('Old (red) Ship.md') });
    expect(backlinks.map(({ path }) => path)).toEqual([
      'log.md',
      'log.md',
      'log.md',
      'sub/deep.md',
      'sub/deep.md',
      'sub/deep.md',
    ]);
  });

  it('as a move keeps links by name and its own relative links right', async () => {
    await begin({
      'Boat.md': '[log](log.md) and [[log]]',
      'log.md': '[[Boat]] [md](Boat.md) [[/Boat]]',
      'sub/x.md': '',
    });
    await renameAll('Boat.md', 'sub/Boat.md');
    expect(text('sub/Boat.md')).toBe('[log](../log.md) and [[log]]');
    expect(text('log.md')).toBe('[[Boat]] [md](sub/Boat.md) [[sub/Boat]]');
  });

  it('to a name that another note has writes the path into the links', async () => {
    await begin({ 'Boat.md': '', 'sub/Ship.md': '', 'log.md': '[[Boat]]' });
    await renameAll('Boat.md', 'Ship.md');
    expect(text('log.md')).toBe('[[Ship]]');
    expect((await open.api.around({ note: note('log.md') })).links[0]?.target?.path).toBe('Ship.md');
  });

  it('is never over another file', async () => {
    await begin({ 'a.md': 'A', 'b.md': 'B' });
    await expect(open.api.rename({ note: note('a.md'), to: 'b.md', update: [] })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect([text('a.md'), text('b.md')]).toEqual(['A', 'B']);
    await expect(open.api.rename({ note: note('c.md'), to: 'd.md', update: [] })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(open.api.rename({ note: note('a.md'), to: '../d.md', update: [] })).rejects.toMatchObject({
      code: 'bad_input',
    });
  });

  it('may change only the case or the Unicode form', async () => {
    await begin({ 'boat.md': 'B', 'cafe\u0301.md': 'C' });
    await open.api.rename({ note: note('boat.md'), to: 'Boat.md', update: [] });
    await open.api.rename({ note: note('cafe\u0301.md'), to: 'caf\u00e9.md', update: [] });
    expect(
      readdirSync(folder.notes)
        .map((name) => name.normalize('NFC'))
        .sort(),
    ).toEqual(['Boat.md', 'caf\u00e9.md']);
    expect((await open.api.list(null)).notes.map(({ path }) => path)).toEqual(['Boat.md', 'caf\u00e9.md']);
  });

  it('leaves lines alone that changed since they were reviewed, and notes that were not', async () => {
    await begin({
      'Boat.md': '',
      'log.md': '[[Boat]] one\n[[Boat]] two\n',
      'more.md': '[[Boat]]',
      'unseen.md': '[[Boat]]',
    });
    const { changes } = await open.api.planRename({ note: note('Boat.md'), to: 'Ship.md' });
    expect(changes).toHaveLength(4);
    writeFileSync(join(folder.notes, 'log.md'), '[[Boat]] one\n[[Boat]] two, edited\n');
    const { updated, failed } = await open.api.rename({
      note: note('Boat.md'),
      to: 'Ship.md',
      update: [note('log.md'), note('more.md')],
    });
    expect(updated).toBe(1);
    expect(failed).toEqual([{ note: note('log.md'), reason: expect.stringContaining('changed since') }]);
    expect(text('log.md')).toBe('[[Ship]] one\n[[Boat]] two, edited\n');
    expect(text('more.md')).toBe('[[Ship]]');
    expect(text('unseen.md')).toBe('[[Boat]]');
  });

  it('without a review changes no other note', async () => {
    await begin({ 'Boat.md': '', 'log.md': '[[Boat]]' });
    const { failed } = await open.api.rename({
      note: note('Boat.md'),
      to: 'new/Ship.md',
      update: [note('log.md')],
    });
    expect(failed).toHaveLength(1);
    expect(text('log.md')).toBe('[[Boat]]');
    expect(existsSync(join(folder.notes, 'new/Ship.md'))).toBe(true);
  });
});

describe('the note of a day', () => {
  const daily = async () => (await open.api.daily({ folderId: 'one', date: '2026-11-23' })).path;

  it('lies at the top, or in the folder that is there for it', async () => {
    await begin({ 'a.md': '' });
    expect(await daily()).toBe('2026-11-23.md');
    expect(text('2026-11-23.md')).toBe('');
    folder.write('Journal/x.md', '');
    expect(await daily()).toBe('Journal/2026-11-23.md');
    writeFileSync(join(folder.notes, 'Journal/2026-11-23.md'), 'kept');
    expect(await daily()).toBe('Journal/2026-11-23.md');
    expect(text('Journal/2026-11-23.md')).toBe('kept');
    expect((await open.api.list(null)).notes.map(({ path }) => path)).toContain('Journal/2026-11-23.md');
  });

  it('of a Logseq folder is named as Logseq does', async () => {
    await begin({ 'journals/2026_11_22.md': '', 'logseq/x.md': '' });
    expect(await daily()).toBe('journals/2026_11_23.md');
  });
});
