import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { NoteRef } from '../../electron/contract/noteRef.ts';
import type { NoteEntry, NotesState } from '../../electron/contract/notes.ts';
import type { Connection } from '../platform/connection.ts';
import { foldersAbove, keyOf } from './notesTree.ts';
import type { RouteStore } from './route.ts';

/** A place in a note to show: offsets of its text as `read` gives it. `asked` counts, so that the same may be asked twice. */
export interface ShownPassage {
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly asked: number;
}

/** The notes as the app knows them, and what of them this window looks at. Its calls throw what the app answers. */
export interface NotesStore {
  /** Folders and index; null until they arrived. */
  readonly state: NotesState | null;
  readonly problem: Failure | null;
  /** Every note; null until they were listed, which happens when something wants them. */
  readonly entries: readonly NoteEntry[] | null;
  readonly listProblem: Failure | null;
  readonly passage: ShownPassage | null;
  /** The key of a note whose text is to get the cursor, once it is there. */
  readonly focus: string | null;
  /** Keys of the folders of the tree that are open. */
  readonly open: ReadonlySet<string>;
  /** Keeps the list up to date from now on, until the answered function is called. */
  want(): () => void;
  setOpen(key: string, open: boolean): void;
  /** `focus` puts the cursor into its text. */
  openNote(note: NoteRef, focus?: boolean): void;
  /** Opens a note at a passage and marks it. `start` and `end` are offsets in the note's text as `read` gives it. */
  openPassage(note: NoteRef, start: number, end: number): void;
  addFolder(path: string): Promise<void>;
  removeFolder(id: string): Promise<void>;
  setEmbeddingModel(modelId: string | null): Promise<void>;
  learnOnBattery(): Promise<void>;
  /** Lists the notes again, at once. */
  list(): Promise<void>;
}

/** While the index changes, the list is read again at most this often, ms; a long list more seldom, by what it took. */
const listPauseMs = 1000;
const restPerWork = 15;

/** Makes the cache of the notes. */
export function createNotesStore({ api, follow }: Connection, route: StoreApi<RouteStore>) {
  let wanted = 0;
  let asked = 0;
  let pause = listPauseMs;
  let listed: string | null = null;
  let listing: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const store = createStore<NotesStore>((setState, getState) => ({
    state: null,
    problem: null,
    entries: null,
    listProblem: null,
    passage: null,
    focus: null,
    open: new Set(),
    want() {
      wanted++;
      listSoon(0);
      return () => {
        wanted--;
      };
    },
    setOpen(key, open) {
      const keys = new Set(getState().open);
      if (open) keys.add(key);
      else keys.delete(key);
      setState({ open: keys });
    },
    openNote(note, focus = false) {
      const open = new Set([...getState().open, ...foldersAbove(note)]);
      setState({ open, focus: focus ? keyOf(note) : null });
      route.getState().go({ screen: 'notes', note: { folderId: note.folderId, path: note.path } });
    },
    openPassage(note, start, end) {
      setState({ passage: { key: keyOf(note), start, end, asked: ++asked } });
      getState().openNote(note);
    },
    async addFolder(path) {
      const { id } = await api.notes.addFolder({ path });
      getState().setOpen(keyOf({ folderId: id, path: '' }), true);
    },
    async removeFolder(id) {
      await api.notes.removeFolder({ id });
      const shown = route.getState().route;
      if (shown.screen === 'notes' && shown.note?.folderId === id) route.getState().go({ screen: 'notes' });
    },
    setEmbeddingModel: async (modelId) => {
      await api.notes.setEmbeddingModel({ modelId });
    },
    learnOnBattery: async () => {
      await api.notes.learnOnBattery(null);
    },
    list,
  }));

  function list(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    listing ??= read().finally(() => {
      listing = null;
      if (listed !== versionOf(store.getState().state)) listSoon(pause);
    });
    return listing;
  }

  async function read(): Promise<void> {
    const start = performance.now();
    const version = versionOf(store.getState().state);
    try {
      const { notes } = await api.notes.list(null);
      store.setState({ entries: keepSame(store.getState().entries, notes), listProblem: null });
    } catch (error) {
      store.setState({ listProblem: toFailure(error) });
    }
    listed = version;
    pause = Math.max(listPauseMs, restPerWork * (performance.now() - start));
  }

  function listSoon(ms: number): void {
    if (wanted === 0 || listed === versionOf(store.getState().state)) return;
    timer ??= setTimeout(() => void list(), ms);
  }

  follow(
    (api) => api.notes.watch(null),
    (told) => {
      const { state: before, open } = store.getState();
      // A busy index tells often; what depends on the folders alone need not be made anew each time.
      const same = before && JSON.stringify(before.folders) === JSON.stringify(told.folders);
      store.setState({ state: same ? { ...told, folders: before.folders } : told, problem: null });
      const fresh = told.folders.filter(({ id }) => !before?.folders.some((old) => old.id === id));
      const keys = fresh.map(({ id }) => keyOf({ folderId: id, path: '' }));
      if (keys.length > 0) store.setState({ open: new Set([...open, ...keys]) });
      listSoon(pause);
    },
    (error) => store.setState({ problem: toFailure(error) }),
  );
  return store;
}

/** What the list depends on: the folders and what the index holds of them. */
const versionOf = (state: NotesState | null): string =>
  state
    ? `${state.index.version} ${state.folders.map(({ id, problem }) => `${id}${problem ?? ''}`).join(' ')}`
    : '';

// An entry that says the same stays the same object, so that what was computed of it stays known.
function keepSame(before: readonly NoteEntry[] | null, now: readonly NoteEntry[]): readonly NoteEntry[] {
  if (!before) return now;
  const known = new Map(before.map((note) => [keyOf(note), note]));
  return now.map((note) => {
    const old = known.get(keyOf(note));
    const same =
      old?.modifiedAt === note.modifiedAt &&
      old.size === note.size &&
      old.title === note.title &&
      old.skipped === note.skipped;
    return same && old ? old : note;
  });
}
