import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeFolder, type NotesFolder, type OpenNotes, openNotes } from './notesFolder.ts';

let folder: NotesFolder;
let open: OpenNotes | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
  folder.remove();
});

const note = (path: string) => ({ folderId: 'one', path });
const listed = async () => {
  const { notes } = await (open as OpenNotes).api.list(null);
  return new Map(notes.map((entry) => [entry.path, entry]));
};
const find = async (query: string) =>
  (await (open as OpenNotes).api.search({ query })).hits.map(({ path }) => path);

describe('files of every kind', () => {
  it('are indexed, or listed as skipped with the reason', async () => {
    folder = makeFolder({
      'plain.md': '# Plain\nan ordinary walrus',
      'empty.md': '',
      'zeros.md': Buffer.from([65, 0, 66, 0, 0]),
      'latin.md': Buffer.from([0x77, 0x6f, 0x6d, 0x62, 0x61, 0x74, 0x20, 0xe9, 0x74, 0xe9]),
      'wide.md': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a wide okapi', 'utf16le')]),
      'wider.md': Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('a big tapir', 'utf16le').swap16()]),
      'marked.md': '\ufeff# Marked\nan ocelot',
      'line.md': `${'word '.repeat(200_000)}needleatend`,
      'heads.md': Array.from({ length: 10_000 }, (_, at) => `## Heading ${at}\nbody${at}`).join('\n'),
      'שלום עולם.md': 'a lynx from right to left',
      '🦊 fox 🦊.md': 'a vixen',
      'notes.txt': 'a text that is no note',
      'UPPER.MD': 'a quokka',
      'long.markdown': 'a numbat',
    });
    truncateSync(folder.write('huge.md', 'x'), 200 * 1024 * 1024);
    open = await openNotes(folder);
    const notes = await listed();
    const skipped = [...notes.values()].filter((entry) => entry.skipped !== null);
    expect(Object.fromEntries(skipped.map((entry) => [entry.path, entry.skipped]))).toEqual({
      'huge.md': 'Larger than 5 MB.',
      'zeros.md': 'Not text: it holds zero bytes.',
    });
    expect(notes.has('notes.txt')).toBe(false);
    expect(notes.get('marked.md')?.title).toBe('Marked');
    for (const [word, path] of [
      ['walrus', 'plain.md'],
      ['wombat', 'latin.md'],
      ['okapi', 'wide.md'],
      ['tapir', 'wider.md'],
      ['ocelot', 'marked.md'],
      ['needleatend', 'line.md'],
      ['body9999', 'heads.md'],
      ['lynx', 'שלום עולם.md'],
      ['vixen', '🦊 fox 🦊.md'],
      ['quokka', 'UPPER.MD'],
      ['numbat', 'long.markdown'],
      ['empty', 'empty.md'],
    ] as const)
      expect(await find(word)).toEqual([path]);
    expect(open.state().index).toMatchObject({ notes: notes.size - 2, skipped: 2 });
  });

  it('that are links, loops, pipes or devices are never opened', async () => {
    folder = makeFolder({ 'real.md': 'a stork', 'deep/er/note.md': 'a heron' });
    const outside = makeFolder({ 'secret.md': 'classified pelican' });
    const at = (path: string) => join(folder.notes, path);
    symlinkSync(join(outside.notes, 'secret.md'), at('link.md'));
    symlinkSync(outside.notes, at('linked'));
    symlinkSync(folder.notes, at('deep/loop'));
    symlinkSync(at('circle.md'), at('circle.md'));
    symlinkSync('/dev/zero', at('device.md'));
    linkSync(at('real.md'), at('twice.md'));
    mkdirSync(at('folder.md'));
    writeFileSync(at('folder.md/inside.md'), 'an egret');
    if (process.platform !== 'win32') execFileSync('mkfifo', [at('pipe.md')]);
    open = await openNotes(folder);
    const notes = await listed();
    expect([...notes.keys()].sort()).toEqual([
      'circle.md',
      'deep/er/note.md',
      'device.md',
      'folder.md/inside.md',
      'link.md',
      'pipe.md',
      'real.md',
      'twice.md',
    ]);
    expect(await find('pelican')).toEqual([]);
    expect(await find('egret')).toEqual(['folder.md/inside.md']);
    for (const path of ['link.md', 'circle.md', 'device.md'])
      expect(notes.get(path)?.skipped, path).toMatch(/^A link\./);
    expect(notes.get('pipe.md')?.skipped).toMatch(/^A pipe/);
    const { api } = open;
    for (const path of [
      'link.md',
      'linked/secret.md',
      'deep/loop/real.md',
      'pipe.md',
      'device.md',
      'folder.md',
    ]) {
      await expect(api.read({ note: note(path) }), path).rejects.toMatchObject({ code: 'unsupported' });
      await expect(api.locate({ note: note(path) }), path).rejects.toMatchObject({ code: 'unsupported' });
      const saving = api.save({ note: note(path), text: 'mine', base: 'x' });
      await expect(saving, path).rejects.toMatchObject({ code: 'unsupported' });
    }
    await expect(api.save({ note: note('linked/new.md'), text: 'mine', base: null })).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect((await api.save({ note: note('link.md'), text: 'mine', base: null }).catch((e) => e)).code).toBe(
      'unsupported',
    );
    outside.remove();
  });

  it('a link as the chosen folder itself is followed', async () => {
    folder = makeFolder({ 'a.md': 'a puffin' });
    const link = join(folder.notes, '../chosen');
    symlinkSync(folder.notes, link);
    open = await openNotes({ notes: link, data: folder.data });
    expect(await find('puffin')).toEqual(['a.md']);
    expect((await open.api.read({ note: note('a.md') })).text).toBe('a puffin');
  });

  it('names that differ only by their Unicode form are two notes', async () => {
    folder = makeFolder({ 'caf\u00e9.md': 'composed ibis', 'cafe\u0301.md': 'decomposed ibis' });
    open = await openNotes(folder);
    const notes = await listed();
    if (notes.size === 1) return expect(process.platform).not.toBe('linux');
    expect((await open.api.read({ note: note('caf\u00e9.md') })).text).toBe('composed ibis');
    expect((await open.api.read({ note: note('cafe\u0301.md') })).text).toBe('decomposed ibis');
    expect((await find('ibis')).length).toBe(2);
  });

  it('names that are no text are listed and left alone', async (test) => {
    if (process.platform !== 'linux') test.skip('only Linux allows such names');
    folder = makeFolder({ 'a.md': 'a gull' });
    writeFileSync(
      Buffer.concat([Buffer.from(`${folder.notes}/b`), Buffer.from([0xff]), Buffer.from('.md')]),
      'x',
    );
    writeFileSync(join(folder.notes, 'back\\slash.md'), 'x');
    writeFileSync(join(folder.notes, 'new\nline.md'), 'a tern');
    open = await openNotes(folder);
    const notes = await listed();
    expect(notes.get('b\ufffd.md')?.skipped).toMatch(/name/);
    expect(notes.get('back\\slash.md')?.skipped).toMatch(/name/);
    expect(await find('tern')).toEqual(['new\nline.md']);
  });

  it('a folder that may not be read is told, and what was read of it before stays known', async (test) => {
    if (process.platform === 'win32') test.skip('Windows has no such rights');
    folder = makeFolder({
      'a.md': 'a swift',
      'closed/b.md': 'a swallow',
      'c.md': 'a martin',
      'd.md': 'a wren',
    });
    const asRoot = process.getuid?.() === 0;
    const at = (path: string) => join(folder.notes, path);
    // Nothing is forbidden to root: it steps down for the time of the test.
    if (asRoot) stepDown(join(folder.notes, '..'));
    try {
      open = await openNotes(folder);
      chmodSync(at('closed'), 0);
      chmodSync(at('c.md'), 0);
      await open.settled();
      const { problems } = await open.until((state) => state.problems['one'] !== undefined, 'a problem');
      expect(problems['one']).toContain('closed');
      expect(await find('swallow')).toEqual(['closed/b.md']);
      expect((await listed()).get('c.md')?.skipped).toMatch(/may not read/);
      chmodSync(at('closed'), 0o700);
      await open.settled();
      await open.until((state) => state.problems['one'] === undefined, 'no problem');
    } finally {
      chmodSync(at('closed'), 0o700);
      await open?.close();
      open = undefined;
      if (asRoot) {
        process.seteuid?.(0);
        process.setegid?.(0);
      }
    }
  });

  it('folders of other programs are left out', async () => {
    folder = makeFolder({
      'a.md': 'a crane',
      '.obsidian/plugin.md': 'a crane',
      '.trash/b.md': 'a crane',
      'node_modules/x/readme.md': 'a crane',
      'logseq/bak/c.md': 'a crane',
      '.hidden.md': 'a crane',
    });
    open = await openNotes(folder);
    expect([...(await listed()).keys()]).toEqual(['a.md']);
  });
});

/** Gives a folder to nobody, and becomes nobody. */
function stepDown(top: string): void {
  const nobody = 65_534;
  const below = readdirSync(top, { recursive: true, withFileTypes: true });
  for (const path of [top, ...below.map((entry) => join(entry.parentPath, entry.name))])
    chownSync(path, nobody, nobody);
  process.setegid?.(nobody);
  process.seteuid?.(nobody);
}
