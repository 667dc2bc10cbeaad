import { expect, it } from 'vitest';
import { moveInTree } from '../../../../renderer/notes/tree/moveInTree.ts';
import { buildTree, treeRows } from '../../../../renderer/stores/notesTree.ts';
import { aNote } from '../../stores/aNote.ts';

const folders = [{ id: 'f', path: '/n', name: 'Notes', problem: null }];
const tree = buildTree(
  folders,
  ['Cabin/Loads.md', 'Cabin/Power.md', 'Boat.md'].map((path) => aNote(path)),
);
// Notes/, Cabin/, Loads, Power, Boat
const open = treeRows(tree, new Set(['f/', 'f/Cabin']));
const closed = treeRows(tree, new Set(['f/']));

it('goes up and down and stays within the tree', () => {
  expect(moveInTree(open, 0, 'ArrowDown')).toEqual({ kind: 'to', at: 1 });
  expect(moveInTree(open, 0, 'ArrowUp')).toEqual({ kind: 'to', at: 0 });
  expect(moveInTree(open, 4, 'ArrowDown')).toEqual({ kind: 'to', at: 4 });
  expect(moveInTree(open, 3, 'Home')).toEqual({ kind: 'to', at: 0 });
  expect(moveInTree(open, 0, 'End')).toEqual({ kind: 'to', at: 4 });
});

it('opens a folder, then goes into it; closes it, then goes out of it', () => {
  expect(moveInTree(closed, 1, 'ArrowRight')).toEqual({ kind: 'open' });
  expect(moveInTree(open, 1, 'ArrowRight')).toEqual({ kind: 'to', at: 2 });
  expect(moveInTree(open, 3, 'ArrowLeft')).toEqual({ kind: 'to', at: 1 });
  expect(moveInTree(open, 1, 'ArrowLeft')).toEqual({ kind: 'close' });
  expect(moveInTree(closed, 1, 'ArrowLeft')).toEqual({ kind: 'to', at: 0 });
  expect(moveInTree(open, 4, 'ArrowRight')).toBeNull();
});

it('goes to the next line that begins with a letter, round the end', () => {
  expect(moveInTree(open, 0, 'p')).toEqual({ kind: 'to', at: 3 });
  expect(moveInTree(open, 4, 'c')).toEqual({ kind: 'to', at: 1 });
  expect(moveInTree(open, 0, 'z')).toBeNull();
  expect(moveInTree(open, 0, 'Tab')).toBeNull();
});
