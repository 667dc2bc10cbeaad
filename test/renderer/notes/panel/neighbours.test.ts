import { expect, it } from 'vitest';
import type { Surroundings } from '../../../../electron/contract/notes.ts';
import { neighboursOf } from '../../../../renderer/notes/panel/neighbours.ts';

const self = { folderId: 'f', path: 'Power.md' };
const ref = (path: string) => ({ folderId: 'f', path });
const link = (path: string) => ({ text: path, target: ref(path) });
const backlink = (path: string) => ({ ...ref(path), title: path, line: 1, text: '', start: 0, end: 1 });
const near = (path: string) => ({ ...ref(path), title: path, why: '', text: '' });
const none: Surroundings = { backlinks: [], mentions: [], related: [], links: [], tags: [] };

it('names each neighbour once, with how it is near', () => {
  const found = neighboursOf(self, {
    ...none,
    backlinks: [backlink('a.md'), backlink('a.md'), backlink('b.md'), backlink('Power.md')],
    links: [link('b.md'), link('c.md'), { text: 'Nowhere', target: null }],
    related: [near('a.md'), near('d.md')],
  });
  expect(found.map(({ note, kind }) => [note.path, kind])).toEqual([
    ['a.md', 'in'],
    ['b.md', 'both'],
    ['c.md', 'out'],
    ['d.md', 'near'],
  ]);
});

it('draws at most twenty, none over another', () => {
  const links = Array.from({ length: 60 }, (_, index) => link(`${index}.md`));
  const found = neighboursOf(self, { ...none, links });
  expect(found).toHaveLength(20);
  for (const a of found)
    for (const b of found) {
      if (a !== b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(0.2);
    }
});

it('has nothing to draw for a note on its own', () => {
  expect(neighboursOf(self, none)).toEqual([]);
});
