import { expect, it } from 'vitest';
import { type Route, readRoute, writeRoute } from '../../../renderer/stores/route.ts';

const routes: readonly Route[] = [
  { screen: 'chat', id: null },
  { screen: 'chat', id: 'abc_-9' },
  { screen: 'notes' },
  { screen: 'notes', note: { folderId: 'f_1', path: 'Cabin/Ärger #1 (50%).md' } },
  { screen: 'models' },
  { screen: 'models', tab: 'discover' },
  { screen: 'settings', section: 'data' },
];

it.each(routes)('reads back what it wrote: %j', (route) => {
  expect(readRoute(writeRoute(route))).toEqual(route);
});

it.each(['', '#', '#/nonsense', '#/chat/../../etc', '#/chat/<script>'])('takes %j for a new chat', (hash) => {
  expect(readRoute(hash)).toEqual({ screen: 'chat', id: null });
});

it('takes an unknown part of the settings for the first', () => {
  expect(readRoute('#/settings/nonsense')).toEqual({ screen: 'settings', section: 'general' });
});

it.each([
  '#/notes',
  '#/notes/f/../../etc.md',
  '#/notes/f/%2e%2e/x.md',
  '#/notes/f/a.txt',
  '#/notes/f/%zz.md',
  '#/notes/<x>/a.md',
])('takes %j for all notes', (hash) => {
  expect(readRoute(hash)).toEqual({ screen: 'notes' });
});
