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
const around = (path: string) => open.api.around({ note: { folderId: 'one', path } });

it('links lead where Obsidian and Logseq would follow them', async () => {
  await begin({
    'a.md': [
      '[[Boat]] and [[boat#Engine|the engine]], [[sub/Boat]], [[The Old Tub]], [[Nowhere]]',
      '[rel](sub/Boat.md) [up](../outside.md) [web](https://example.org/x.md) [esc](My%20Note.md) ![img](pic.png)',
      '`[[Code]]` [[a/b]]',
      '```\n[[Fenced]]\n```',
    ].join('\n\n'),
    'Boat.md': '---\naliases: [The Old Tub]\n---\n',
    'sub/Boat.md': '[[Boat]]',
    'My Note.md': '',
    'pages/a___b.md': '',
  });
  const { links } = await around('a.md');
  expect(links.map(({ text, target }) => [text, target?.path ?? null])).toEqual([
    ['Boat', 'Boat.md'],
    ['sub/Boat', 'sub/Boat.md'],
    ['Nowhere', null],
    ['My%20Note.md', 'My Note.md'],
    ['a/b', 'pages/a___b.md'],
  ]);
  // What is written is a whole path too.
  expect((await around('sub/Boat.md')).links[0]?.target?.path).toBe('Boat.md');
});

it('backlinks are told with their line, mentions are those without a link', async () => {
  await begin({
    'Blue Boat.md': '# Blue Boat\n\nIt is blue. See the Blue Boat.',
    'log.md': '# Log\n\nfirst line\r\nWe took the [[Blue Boat]] out.\n',
    'ideas.md': 'Sell the blue boat?\n\nOr not.',
    'other.md': 'A blueboat is no Blue Boats.',
    'both.md': 'The [[blue boat]] again: Blue Boat.',
  });
  const { backlinks, mentions } = await around('Blue Boat.md');
  expect(backlinks.map(({ path, line, text }) => ({ path, line, text }))).toEqual([
    { path: 'both.md', line: 1, text: 'The [[blue boat]] again: Blue Boat.' },
    { path: 'log.md', line: 4, text: 'We took the [[Blue Boat]] out.' },
  ]);
  const { text } = await open.api.read({ note: { folderId: 'one', path: 'log.md' } });
  expect(text.slice(backlinks[1]?.start, backlinks[1]?.end)).toBe('[[Blue Boat]]');
  expect(mentions.map(({ path, line, text }) => ({ path, line, text }))).toEqual([
    { path: 'ideas.md', line: 1, text: 'Sell the blue boat?' },
  ]);
});

it('related notes say why: tags, links, rare words', async () => {
  const fillers = Object.fromEntries(
    Array.from({ length: 30 }, (_, n) => [`f${n}.md`, `filler number ${n}`]),
  );
  await begin({
    ...fillers,
    'a.md': 'Sextants and marlinspikes for [[Voyage]]. #sailing',
    'tag.md': 'Nothing else. #sailing',
    'link.md': 'Also for [[Voyage]].',
    'words.md': 'The sextants lie beside the marlinspikes.',
    'Voyage.md': '',
  });
  const { related, tags } = await around('a.md');
  expect(tags).toEqual(['sailing']);
  const why = Object.fromEntries(related.map((each) => [each.path, each.why]));
  expect(why['tag.md']).toBe('Tag #sailing');
  expect(why['link.md']).toBe('Both link to Voyage');
  expect(why['words.md']).toMatch(/^Same words: (sextants, marlinspikes|marlinspikes, sextants)$/);
  expect(related.some(({ path }) => path === 'a.md' || path.startsWith('f'))).toBe(false);
});

it('tags are counted, those in code, links and headings are none', async () => {
  await begin({
    'a.md': '# Heading\n#Home #home/garden #2026 `#code` [x](#anchor) a#b\n```\n#fenced\n```',
    'b.md': '---\ntags: [home, "#work"]\n---\n#home',
    'c.md': 'tags:: logseq, [[two words]]\n#[[multi word]]',
  });
  const { tags } = await open.api.tags(null);
  expect(Object.fromEntries(tags.map(({ tag, count }) => [tag.toLowerCase(), count]))).toEqual({
    home: 2,
    'home/garden': 1,
    work: 1,
    logseq: 1,
    'two words': 1,
    'multi word': 1,
  });
});

it('a note that is not there has nothing around it', async () => {
  await begin({ 'a.md': 'x' });
  expect(await around('b.md')).toEqual({ backlinks: [], mentions: [], related: [], links: [], tags: [] });
});
