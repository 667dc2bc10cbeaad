import { expect, it } from 'vitest';
import { buildTree, foldersAbove, keyOf, treeRows } from '../../../renderer/stores/notesTree.ts';
import { aNote } from './aNote.ts';

const folders = [
  { id: 'f', path: '/home/me/Notes', name: 'Notes', problem: null },
  { id: 'g', path: '/home/me/Work', name: 'Work', problem: 'The folder is gone.' },
];
const notes = ['b.md', 'a.md', 'Cabin/Note 10.md', 'Cabin/note 2.md', 'Cabin/Old/x.md', 'Ä.md'].map((path) =>
  aNote(path),
);

it('sorts folders before notes, and names as people read them', () => {
  const tree = buildTree(folders, notes);
  const open = new Set(['f/', 'f/Cabin', 'f/Cabin/Old']);
  const names = treeRows(tree, open).map((row) =>
    row.kind === 'folder'
      ? `${'.'.repeat(row.depth)}${row.folder.name}/`
      : `${'.'.repeat(row.depth)}${row.note.path}`,
  );
  expect(names).toEqual([
    'Notes/',
    '.Cabin/',
    '..Old/',
    '...Cabin/Old/x.md',
    '..Cabin/note 2.md',
    '..Cabin/Note 10.md',
    '.a.md',
    '.Ä.md',
    '.b.md',
    'Work/',
  ]);
  expect(tree.map(({ count, problem }) => ({ count, problem }))).toEqual([
    { count: 6, problem: null },
    { count: 0, problem: 'The folder is gone.' },
  ]);
});

it('shows nothing of a folder that is closed, and counts places for screen readers', () => {
  const rows = treeRows(buildTree(folders, notes), new Set(['f/']));
  expect(rows.map(({ place, siblings }) => [place, siblings])).toEqual([
    [1, 2],
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
    [2, 2],
  ]);
});

it('leaves out notes of a folder that is no longer there', () => {
  expect(
    treeRows(buildTree(folders, [aNote('x.md', { folderId: 'gone' })]), new Set(['f/', 'gone/'])),
  ).toHaveLength(2);
});

it('knows the folders that a note lies in', () => {
  expect(foldersAbove({ folderId: 'f', path: 'a/b/c.md' })).toEqual(['f/', 'f/a', 'f/a/b']);
  expect(foldersAbove({ folderId: 'f', path: 'c.md' })).toEqual(['f/']);
  expect(keyOf(aNote('a/b.md'))).toBe('f/a/b.md');
});
