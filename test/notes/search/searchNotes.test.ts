import { afterEach, expect, it } from 'vitest';
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
const search = async (query: string, limit = 30) => (await open.api.search({ query, limit })).hits;
const found = async (query: string) => (await search(query)).map(({ path }) => path);

it('every word must occur, the last as a beginning; one hit a note', async () => {
  await begin({
    'a.md': '# Garden shed\n\nThe walrus sleeps.\n\n## More\nThe walrus wakes up.',
    'b.md': 'The walnut tree.',
    'c.md': 'A warm day.',
  });
  expect((await found('wal')).sort()).toEqual(['a.md', 'b.md']);
  expect(await found('walrus')).toEqual(['a.md']);
  expect(await found('walrus sle')).toEqual(['a.md']);
  expect(await found('wal tre')).toEqual([]);
  expect(await found('tree wal')).toEqual(['b.md']);
  expect(await found('shed walrus')).toEqual(['a.md']);
});

it('words that stand in different passages of a note find it too, after those that stand together', async () => {
  await begin({
    'far.md': '## One\nthe walrus\n\n## Two\nan accordion',
    'near.md': 'the walrus plays the accordion',
    'none.md': 'the walrus',
  });
  expect(await found('walrus accord')).toEqual(['near.md', 'far.md']);
});

it('what names a note counts most: title, file, folder, aliases, tags', async () => {
  await begin({
    'text.md': 'walrus walrus walrus',
    'titled.md': '# Walrus\nsomething else',
    'Walrus/in.md': 'nothing',
    'alias.md': '---\naliases: [Walrus]\n---\nnothing',
    'tagged.md': '---\ntags: walrus\n---\nnothing',
  });
  const paths = await found('walrus');
  expect([...paths].sort()).toEqual(['Walrus/in.md', 'alias.md', 'tagged.md', 'text.md', 'titled.md']);
  expect(paths.at(-1)).toBe('text.md');
});

it('case, accents, half and full width make no difference', async () => {
  await begin({
    'a.md': 'Crème Brûlée',
    'b.md': 'ＡＢＣ１２３',
    'c.md': 'Stra\u00dfe',
    'd.md': 'cafe\u0301',
  });
  expect(await found('creme brulee')).toEqual(['a.md']);
  expect(await found('CRÈME')).toEqual(['a.md']);
  expect(await found('abc123')).toEqual(['b.md']);
  expect(await found('straße')).toEqual(['c.md']);
  expect(await found('caf\u00e9')).toEqual(['d.md']);
});

it('what is written without spaces is found from any character on', async () => {
  await begin({ 'a.md': '東京都に住んでいます', 'b.md': '京都へ行く', 'c.md': 'Windows版の説明' });
  expect((await found('京')).sort()).toEqual(['a.md', 'b.md']);
  expect((await found('京都')).sort()).toEqual(['a.md', 'b.md']);
  expect(await found('東京都')).toEqual(['a.md']);
  expect(await found('く')).toEqual(['b.md']);
  expect(await found('windows 版')).toEqual(['c.md']);
});

it('snippets mark the matches and nothing else', async () => {
  await begin({
    'a.md': `${'words before it. '.repeat(20)}The \u0002Wálrus\u0003 and the walruses\nsleep. ${'After. '.repeat(50)}`,
  });
  const [hit] = await search('walrus');
  const shown = hit?.snippet.replaceAll('\u0002', '<').replaceAll('\u0003', '>');
  expect(shown).toMatch(/^….*The <Wálrus> and the <walruses> sleep\. .*…$/);
  expect(hit?.snippet.length).toBeLessThan(260);
});

it('no query is an operator, and an empty one finds nothing', async () => {
  await begin({ 'a.md': 'walrus AND accordion' });
  for (const query of ['', '   ', '"', '*', 'text:', '(', '-', '{title}', '\0'])
    expect(await search(query), query).toEqual([]);
  expect(await found('walrus AND')).toEqual(['a.md']);
  expect(await found('walrus* "accordion')).toEqual(['a.md']);
  expect(await found('walrus OR zebra')).toEqual([]);
});

it('a limit is kept, and hits have offsets into the text', async () => {
  await begin(
    Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`n${n}.md`, `# ${n}\n\nthe walrus ${n}`])),
  );
  const hits = await search('walrus', 10);
  expect(hits).toHaveLength(10);
  const { text } = await open.api.read({ note: { folderId: 'one', path: hits[0]?.path ?? '' } });
  expect(text.slice(hits[0]?.start, hits[0]?.end)).toBe(hits[0]?.text);
});
