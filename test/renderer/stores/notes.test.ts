import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { NoteEntry, NotesState } from '../../../electron/contract/notes.ts';
import type { Connection } from '../../../renderer/platform/connection.ts';
import { createNotesStore } from '../../../renderer/stores/notes.ts';
import type { Route, RouteStore } from '../../../renderer/stores/route.ts';
import { aNote } from './aNote.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const state = (version: number, folders = ['f']): NotesState => ({
  folders: folders.map((id) => ({ id, path: `/${id}`, name: id, problem: null })),
  index: {
    phase: 'ready',
    notes: 1,
    passages: 1,
    skipped: 0,
    done: 0,
    total: 0,
    secondsLeft: null,
    embedded: null,
    version,
    problem: null,
  },
  embeddingModelId: null,
  meaning: 'none' as const,
  waitsForPower: false,
});

/** The store over an app whose events and list the test gives. */
function aStore() {
  const app = {
    notes: [] as readonly NoteEntry[],
    lists: 0,
    removed: [] as string[],
    tell: (_: NotesState) => {},
  };
  const connection = {
    api: {
      notes: {
        list: async () => {
          app.lists++;
          return { notes: app.notes.map((note) => ({ ...note })) };
        },
        removeFolder: async ({ id }: { id: string }) => void app.removed.push(id),
        addFolder: async () => ({ id: 'new', path: '/new', name: 'new', problem: null }),
      },
    },
    follow: (_: unknown, onEvent: (event: NotesState) => void) => {
      app.tell = onEvent;
    },
  } as unknown as Connection;
  const route = createStore<RouteStore>((set) => ({
    route: { screen: 'chat', id: null } as Route,
    go: (next) => set({ route: next }),
  }));
  const store = createNotesStore(connection, route);
  return { app, store, route, now: () => store.getState() };
}

it('lists notes only while something wants them, and not for every change of a busy index', async () => {
  const { app, now } = aStore();
  app.tell(state(1));
  await vi.advanceTimersByTimeAsync(5000);
  expect(app.lists).toBe(0);
  const leave = now().want();
  await vi.advanceTimersByTimeAsync(10);
  expect(app.lists).toBe(1);
  for (let version = 2; version < 42; version++) {
    app.tell(state(version));
    await vi.advanceTimersByTimeAsync(50);
  }
  await vi.advanceTimersByTimeAsync(3000);
  expect(app.lists).toBeGreaterThan(1);
  expect(app.lists).toBeLessThan(7);
  const before = app.lists;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(app.lists).toBe(before);
  leave();
  app.tell(state(99));
  await vi.advanceTimersByTimeAsync(5000);
  expect(app.lists).toBe(before);
});

it('lists what changed last, also when that happened while it was listing', async () => {
  const { app, now } = aStore();
  app.tell(state(1));
  now().want();
  await vi.advanceTimersByTimeAsync(10);
  app.notes = [aNote('a.md')];
  const listing = now().list();
  app.tell(state(2));
  app.notes = [aNote('a.md'), aNote('b.md')];
  await listing;
  await vi.advanceTimersByTimeAsync(3000);
  expect(now().entries?.map(({ path }) => path)).toEqual(['a.md', 'b.md']);
});

it('keeps entries that say the same', async () => {
  const { app, now } = aStore();
  app.notes = [aNote('a.md'), aNote('b.md')];
  await now().list();
  const [a, b] = now().entries ?? [];
  app.notes = [aNote('a.md'), aNote('b.md', { title: 'Other' })];
  await now().list();
  expect(now().entries?.[0]).toBe(a);
  expect(now().entries?.[1]).not.toBe(b);
});

it('opens folders once, and leaves closed what was closed', () => {
  const { app, now } = aStore();
  app.tell(state(1));
  expect([...now().open]).toEqual(['f/']);
  now().setOpen('f/', false);
  app.tell(state(2));
  expect([...now().open]).toEqual([]);
  app.tell(state(3, ['f', 'g']));
  expect([...now().open]).toEqual(['g/']);
});

it('changes nothing of the folders when only the index has changed', () => {
  const { app, now } = aStore();
  app.tell(state(1));
  const { open, state: before } = now();
  app.tell(state(2));
  expect(now().state?.index.version).toBe(2);
  expect(now().state?.folders).toBe(before?.folders);
  expect(now().open).toBe(open);
  app.tell({ ...state(3), folders: [{ id: 'f', path: '/f', name: 'f', problem: 'It is gone.' }] });
  expect(now().state?.folders[0]?.problem).toBe('It is gone.');
});

it('opens a note at a passage, with the folders that it lies in', () => {
  const { now, route } = aStore();
  const note = aNote('Cabin/Power.md');
  now().openPassage(note, 10, 20);
  expect(route.getState().route).toEqual({
    screen: 'notes',
    note: { folderId: 'f', path: 'Cabin/Power.md' },
  });
  expect(now().passage).toMatchObject({ key: 'f/Cabin/Power.md', start: 10, end: 20 });
  expect([...now().open]).toEqual(['f/', 'f/Cabin']);
  const { asked } = now().passage ?? { asked: 0 };
  now().openPassage(note, 10, 20);
  expect(now().passage?.asked).toBeGreaterThan(asked);
});

it('leaves a note whose folder is taken out', async () => {
  const { app, now, route } = aStore();
  now().openNote(aNote('a.md'));
  await now().removeFolder('other');
  expect(route.getState().route).toMatchObject({ note: { path: 'a.md' } });
  await now().removeFolder('f');
  expect(app.removed).toEqual(['other', 'f']);
  expect(route.getState().route).toEqual({ screen: 'notes' });
});
