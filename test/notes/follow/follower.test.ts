import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { dumpIndex } from '../dumpIndex.ts';
import { makeFolder, type NotesFolder, type OpenNotes, openNotes } from '../notesFolder.ts';

let folder: NotesFolder;
let open: OpenNotes | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
  folder.remove();
});

const api = () => (open as OpenNotes).api;
const at = (path: string) => join(folder.notes, path);
const found = async (query: string) => (await api().search({ query })).hits.map(({ path }) => path).sort();
const paths = async () => (await api().list(null)).notes.map(({ path }) => path);
/** Waits for the watcher: nothing is asked to compare. */
const eventually = async (wanted: () => Promise<boolean>) => {
  const end = performance.now() + 15_000;
  while (!(await wanted())) {
    if (performance.now() > end) throw new Error('it was never noticed');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
const same = (one: readonly unknown[], other: readonly unknown[]) =>
  JSON.stringify(one) === JSON.stringify(other);

it('notices notes that are made, changed, renamed and removed, also in new folders', async () => {
  folder = makeFolder({ 'a.md': 'walrus', 'b.md': 'walrus' });
  open = await openNotes(folder);
  folder.write('a.md', 'ocelot');
  await eventually(async () => same(await found('ocelot'), ['a.md']));
  folder.write('new/deep/c.md', 'okapi');
  await eventually(async () => same(await found('okapi'), ['new/deep/c.md']));
  folder.write('new/deep/d.md', 'okapi');
  await eventually(async () => same(await found('okapi'), ['new/deep/c.md', 'new/deep/d.md']));
  renameSync(at('new'), at('old'));
  await eventually(async () => same(await found('okapi'), ['old/deep/c.md', 'old/deep/d.md']));
  folder.write('new/deep/e.md', 'okapi');
  await eventually(async () => (await found('okapi')).length === 3);
  folder.write('old/deep/d.md', 'tapir');
  await eventually(async () => same(await found('tapir'), ['old/deep/d.md']));
  rmSync(at('old'), { recursive: true });
  rmSync(at('new'), { recursive: true });
  await eventually(async () => same(await paths(), ['a.md', 'b.md']));
});

it('a renamed or moved note is not read again, and keeps its vectors and earlier versions', async () => {
  const notes = Object.fromEntries(
    Array.from({ length: 20 }, (_, n) => [`n${n}.md`, `# Note ${n}\nword${n}`]),
  );
  folder = makeFolder(notes);
  const past = new Date(Date.now() - 60_000);
  for (const name of Object.keys(notes)) utimesSync(at(name), past, past);
  // A file of just now may change again without its times telling, so it would be read again.
  await new Promise((resolve) => setTimeout(resolve, 2600));
  open = await openNotes(folder);
  await api().setEmbedder({ name: 'm' });
  const pending = await api().pending({ limit: 100 });
  const vector = Buffer.from(new Float32Array([1, 0]).buffer).toString('base64');
  await api().addVectors({ vectors: pending.passages.map(({ hash }) => ({ hash, vector })) });
  const read = await api().read({ note: { folderId: 'one', path: 'n3.md' } });
  await api().save({
    note: { folderId: 'one', path: 'n3.md' },
    text: '# Note 3\nword3 more',
    base: read.version.hash,
  });
  await open.settled();
  mkdirSync(at('sub'));
  for (let n = 0; n < 20; n++) renameSync(at(`n${n}.md`), at(`sub/m${n}.md`));
  await open.settled();
  expect((await paths()).every((path) => path.startsWith('sub/m'))).toBe(true);
  expect(await found('word7')).toEqual(['sub/m7.md']);
  expect(await found('m7')).toEqual(['sub/m7.md']);
  expect(await found('n7')).toEqual([]);
  expect((await api().pending({ limit: 100 })).left).toBe(1);
  expect((await open.until(({ index }) => index.embedded === 19, '19 vectors')).index.phase).toBe(
    'embedding',
  );
  const { versions } = await api().history({ note: { folderId: 'one', path: 'sub/m3.md' } });
  expect(versions).toHaveLength(1);
});

it('touching one note asks for vectors of its changed passages only', async () => {
  const body = (words: string) => `# T\n\n## A\n${words}\n\n## B\nstays as it is\n\n## C\nstays too\n`;
  folder = makeFolder({ 'a.md': body('first') });
  open = await openNotes(folder);
  await api().setEmbedder({ name: 'm' });
  const vector = Buffer.from(new Float32Array([1, 0]).buffer).toString('base64');
  const { passages } = await api().pending({ limit: 10 });
  expect(passages).toHaveLength(3);
  await api().addVectors({ vectors: passages.map(({ hash }) => ({ hash, vector })) });
  folder.write('a.md', body('second'));
  await open.settled();
  const after = await api().pending({ limit: 10 });
  expect(after.passages.map(({ text }) => text)).toEqual(['T › A\nsecond']);
  expect(after.left).toBe(1);
});

it('a change that keeps size and time is found by the next comparison', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  const { mtime } = statSync(at('a.md'));
  writeFileSync(at('a.md'), 'ocelot');
  utimesSync(at('a.md'), mtime, mtime);
  await open.settled();
  expect(await found('ocelot')).toEqual(['a.md']);
});

it('thousands of files that change while they are indexed end in the same index as a fresh one', async () => {
  const branch = (name: string, from: number, to: number) => {
    for (let n = from; n < to; n++)
      folder.write(
        `d${n % 40}/note ${n}.md`,
        `# ${name} ${n}\n\nabout ${name} [[note ${n + 1}]] #t${n % 9}\n`,
      );
  };
  folder = makeFolder();
  branch('main', 0, 3000);
  open = await openNotes({ ...folder }, {}, 'indexing');
  // As a checkout does: many change, some go, some come, some only move.
  branch('side', 0, 2500);
  for (let n = 2500; n < 2750; n++) rmSync(at(`d${n % 40}/note ${n}.md`));
  branch('side', 3000, 5000);
  mkdirSync(at('moved'));
  for (let n = 2750; n < 3000; n++) renameSync(at(`d${n % 40}/note ${n}.md`), at(`moved/note ${n}.md`));
  await eventually(
    async () => (await found('note 4999')).length > 0 && (await found('note 2600')).length === 0,
  );
  await open.settled();
  await open.close();
  const followed = dumpIndex(folder.data);
  const fresh = { notes: folder.notes, data: `${folder.data}-fresh` };
  open = await openNotes(fresh);
  await open.close();
  open = undefined;
  expect(followed).toEqual(dumpIndex(fresh.data));
}, 240_000);

it('what was removed or edited away is in no file of the data folder any more', async () => {
  folder = makeFolder(
    Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [`n${n}.md`, `# Note ${n}\n${'words of a note. '.repeat(60)}`]),
    ),
  );
  folder.write(
    'secret.md',
    `# Xylophonist\n\n## Zwischenfall\n${'quetzalcoatlus lives here. '.repeat(80)}\n#hushhush`,
  );
  folder.write('edited.md', 'the vicissitudes of life');
  open = await openNotes(folder);
  expect(await found('quetzalcoatlus')).toEqual(['secret.md']);
  const words = ['quetzalcoatlus', 'xylophonist', 'zwischenfall', 'hushhush', 'vicissitudes'];
  expect(words.filter((word) => holds(folder.data, word)).length).toBeGreaterThan(3);
  const read = await api().read({ note: { folderId: 'one', path: 'secret.md' } });
  await api().save({
    note: { folderId: 'one', path: 'secret.md' },
    text: `${read.text}\nmore`,
    base: read.version.hash,
  });
  rmSync(at('secret.md'));
  folder.write('edited.md', 'the course of life');
  await api().forget({ folderId: 'one', path: 'secret.md' });
  expect(await found('quetzalcoatlus')).toEqual([]);
  await eventually(async () => words.every((word) => !holds(folder.data, word)));
});

it('a folder that is let go leaves no words behind', async () => {
  folder = makeFolder({ 'a.md': 'quetzalcoatlus', 'b.md': 'words' });
  open = await openNotes(folder);
  const abort = new AbortController();
  for await (const _ of api().open({ dataDir: folder.data, folders: [] }, { signal: abort.signal })) break;
  await eventually(async () => !holds(folder.data, 'quetzalcoatlus'));
  expect(await paths()).toEqual([]);
});

it('a folder that vanishes keeps what was read of it, and says so', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  renameSync(folder.notes, `${folder.notes}-away`);
  await open.settled();
  const away = await open.until(({ problems }) => problems['one'] !== undefined, 'a problem');
  expect(away.problems['one']).toMatch(/not there any more/);
  expect(await found('walrus')).toEqual(['a.md']);
  renameSync(`${folder.notes}-away`, folder.notes);
  await open.settled();
  await open.until(({ problems }) => problems['one'] === undefined, 'no problem');
});

it('an empty folder in the place of another, as a removed disk leaves it, deletes nothing from the index', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  renameSync(folder.notes, `${folder.notes}-away`);
  mkdirSync(folder.notes);
  await open.settled();
  await open.until(({ problems }) => /empty/.test(problems['one'] ?? ''), 'a problem');
  expect(await found('walrus')).toEqual(['a.md']);
  folder.write('b.md', 'ocelot');
  await open.settled();
  expect(await paths()).toEqual(['b.md']);
});

it('a folder that its person emptied is empty', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  rmSync(at('a.md'));
  await open.settled();
  expect(await paths()).toEqual([]);
  expect(open.state().problems).toEqual({});
});

it('a damaged index is made anew by itself', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  await open.close();
  writeFileSync(join(folder.data, 'notes.sqlite'), Buffer.alloc(8192, 7));
  writeFileSync(join(folder.data, 'notes-vectors.sqlite'), 'no database');
  open = await openNotes(folder);
  expect(await found('walrus')).toEqual(['a.md']);
});

it('reading waits while something more important runs; changes are still listed', async () => {
  folder = makeFolder({ 'a.md': 'walrus' });
  open = await openNotes(folder);
  await api().hold({ held: true });
  folder.write('b.md', 'ocelot');
  await api().compare(null);
  expect(await paths()).toEqual(['a.md', 'b.md']);
  expect(await found('ocelot')).toEqual([]);
  await api().hold({ held: false });
  await eventually(async () => same(await found('ocelot'), ['b.md']));
});

it('what a crash left of a save is removed', async () => {
  folder = makeFolder({
    'a.md': 'walrus',
    '.inkling-0123456789abcdef.tmp': 'half',
    '.inkling-mine.tmp': 'mine',
  });
  const past = new Date(Date.now() - 120_000);
  utimesSync(at('.inkling-0123456789abcdef.tmp'), past, past);
  open = await openNotes(folder);
  expect(readdirSync(folder.notes).sort()).toEqual(['.inkling-mine.tmp', 'a.md']);
});

/** True if any file of a folder holds a word, in any writing of its letters. */
function holds(data: string, word: string): boolean {
  return readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .some((entry) => {
      try {
        return readFileSync(join(entry.parentPath, entry.name))
          .toString('latin1')
          .toLowerCase()
          .includes(word);
      } catch {
        // A log that was just folded into its file.
        return false;
      }
    });
}
