import { Text } from '@codemirror/state';
import { expect, it } from 'vitest';
import { changeTo } from '../../../../renderer/notes/session/changeTo.ts';

const doc = (text: string) => Text.of(text.split('\n'));

it.each([
  ['', ''],
  ['', 'a\nb'],
  ['a\nb', ''],
  ['aaaa', 'aaa'],
  ['one\ntwo\nthree', 'one\n2\nthree\nfour'],
  ['😀 and 😁', '😁 and 😀'],
])('makes %j of %j into the other', (before, after) => {
  expect(changeTo(doc(before), after).apply(doc(before)).toString()).toBe(after);
});

it('leaves alone what lies between two changes, so that a cursor there stays', () => {
  const before = 'first line\nthe middle, where the cursor is\nlast line';
  const after = 'first line, longer\nthe middle, where the cursor is\nthe last line';
  const change = changeTo(doc(before), after);
  const at = before.indexOf('cursor');
  expect(after.slice(change.mapPos(at), change.mapPos(at) + 6)).toBe('cursor');
});

it('replaces the middle of texts that are too different to compare', () => {
  const before = `begin\n${'a'.repeat(150_000)}\nend`;
  const after = `begin\n${'b'.repeat(150_000)}\nend`;
  const change = changeTo(doc(before), after);
  expect(change.apply(doc(before)).toString()).toBe(after);
  expect(change.mapPos(0)).toBe(0);
});
