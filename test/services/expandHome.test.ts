import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { expandHome } from '../../electron/services/expandHome.ts';

it.each([
  ['~', homedir()],
  ['~/notes', join(homedir(), 'notes')],
  ['/a/~/b', '/a/~/b'],
  ['~somebody/notes', '~somebody/notes'],
  ['notes', 'notes'],
])('reads %s as %s', (typed, path) => {
  expect(expandHome(typed)).toBe(path);
});
