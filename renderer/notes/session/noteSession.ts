import type { Extension } from '@codemirror/state';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Failure, toFailure } from '../../../electron/contract/errors.ts';
import type { AppApi } from '../../../electron/contract/index.ts';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { changeTo } from './changeTo.ts';
import type { KeptTexts } from './keptTexts.ts';
import { createNoteDocument, type NoteDocument } from './noteDocument.ts';

/** Whether what is shown is what the file holds. `theirs` is what the file holds instead; null if it is gone. */
export type Saving =
  | { readonly kind: 'saved' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly problem: Failure }
  | { readonly kind: 'conflict'; readonly theirs: string | null; readonly base: string | null };

export interface SessionState {
  readonly note: NoteRef;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly problem: Failure | null;
  /** Why the note cannot be edited. */
  readonly readOnly: string | null;
  readonly saving: Saving;
  /** Counts the changes of the text. */
  readonly revision: number;
}

/** One note that was opened in this window, kept the same as its file. Its calls never throw: trouble is in the state. */
export interface NoteSession {
  readonly store: StoreApi<SessionState>;
  readonly document: NoteDocument;
  load(): Promise<void>;
  /** Saves now what is not saved; ends when that is done or has failed. */
  flush(): Promise<void>;
  /** Writes what is not saved into the window's own store, at once. */
  keep(): void;
  /** Reads the file again, unless something waits to be saved. */
  refresh(): Promise<void>;
  /** Ends a conflict with what is here. What the file holds goes to its history. */
  keepMine(): Promise<void>;
  /** Ends a conflict with what the file holds. What is here can be had back by undo. */
  takeTheirs(): void;
  /** Replaces the text, as a step that can be undone, and saves it. Ends a conflict. */
  replaceText(text: string): Promise<void>;
  /** The file has another name now. */
  moveTo(note: NoteRef): void;
  /** Gives up what is not saved. */
  dispose(): void;
}

export interface SessionDeps {
  readonly api: Pick<AppApi['notes'], 'read' | 'save'>;
  readonly kept: KeptTexts;
  readonly extensions: (session: NoteSession, doc: string) => Extension;
  /** Told when changes made elsewhere came into the text while it was edited here. */
  readonly onMerged: (session: NoteSession) => void;
  /** Waits, ms: after the last key until it is saved or kept, and after a failure. */
  readonly pauses?: { readonly save: number; readonly keep: number; readonly retry: number };
}

const usualPauses = { save: 800, keep: 250, retry: 10_000 };

/** Makes the session of a note; {@link NoteSession.load} reads it. */
export function createNoteSession(first: NoteRef, deps: SessionDeps): NoteSession {
  const { api, kept, pauses = usualPauses } = deps;
  const store = createStore<SessionState>(() => ({
    note: first,
    phase: 'loading',
    problem: null,
    readOnly: null,
    saving: { kind: 'saved' },
    revision: 0,
  }));
  const document = createNoteDocument(
    (doc) => deps.extensions(session, doc),
    (byPerson) => {
      store.setState({ revision: store.getState().revision + 1 });
      if (byPerson) touch();
    },
  );
  /** The version of the file that the text was made from. */
  let base: string | null = null;
  let dirty = false;
  let running: Promise<void> | null = null;
  let loading: Promise<void> | null = null;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let keepTimer: ReturnType<typeof setTimeout> | undefined;

  const noteOf = () => store.getState().note;
  const savingOf = () => store.getState().saving;
  const setSaving = (saving: Saving) => store.setState({ saving });
  const idle = () =>
    !dirty && !running && store.getState().phase === 'ready' && savingOf().kind !== 'conflict';
  const keep = () => {
    clearTimeout(keepTimer);
    if (dirty) kept.put({ note: noteOf(), text: document.text(), base });
  };
  const later = (ms: number) => {
    clearTimeout(saveTimer);
    saveTimer = setTimeout(() => void flush(), ms);
  };
  const clean = () => {
    dirty = false;
    clearTimeout(keepTimer);
    kept.remove(noteOf());
    setSaving({ kind: 'saved' });
  };

  function touch(): void {
    dirty = true;
    clearTimeout(keepTimer);
    keepTimer = setTimeout(keep, pauses.keep);
    const { kind } = savingOf();
    if (kind === 'conflict') return;
    if (kind !== 'saving') setSaving({ kind: 'unsaved' });
    later(pauses.save);
  }

  async function write(): Promise<void> {
    const text = document.send();
    dirty = false;
    setSaving({ kind: 'saving' });
    try {
      const result = await api.save({ note: noteOf(), text, base });
      if (result.type === 'conflict') {
        dirty = true;
        keep();
        return setSaving({ kind: 'conflict', theirs: result.theirs, base: result.version?.hash ?? null });
      }
      base = result.version.hash;
      if (result.type === 'merged') {
        document.takeOver(result.text, true);
        deps.onMerged(session);
      }
      // Edited meanwhile: the pause of that edit is running.
      if (dirty) setSaving({ kind: 'unsaved' });
      else clean();
    } catch (error) {
      dirty = true;
      keep();
      setSaving({ kind: 'failed', problem: toFailure(error) });
      later(pauses.retry);
    } finally {
      document.settle();
    }
  }

  async function flush(): Promise<void> {
    clearTimeout(saveTimer);
    while (running) await running;
    const { phase, saving, readOnly } = store.getState();
    if (!dirty || phase !== 'ready' || readOnly !== null || saving.kind === 'conflict') return;
    running = write().finally(() => {
      running = null;
    });
    await running;
  }

  async function read(): Promise<void> {
    store.setState({ phase: 'loading', problem: null });
    const left = kept.get(noteOf());
    try {
      const file = await api.read({ note: noteOf() });
      const goesOn = left !== null && file.readOnly === null && left.text !== file.text;
      document.begin(goesOn ? left.text : file.text, file.readOnly !== null);
      base = goesOn ? left.base : file.version.hash;
      store.setState({ phase: 'ready', readOnly: file.readOnly, saving: { kind: 'unsaved' } });
      if (!goesOn) return clean();
      dirty = true;
      await flush();
    } catch (error) {
      const problem = toFailure(error);
      if (!left || problem.code !== 'not_found') return store.setState({ phase: 'failed', problem });
      document.begin(left.text, false);
      dirty = true;
      store.setState({ phase: 'ready', saving: { kind: 'conflict', theirs: null, base: null } });
    }
  }

  async function refresh(): Promise<void> {
    const note = noteOf();
    if (!idle()) return;
    try {
      const file = await api.read({ note });
      // Edited or saved meanwhile: that save finds out what the file holds.
      if (!idle() || note !== noteOf() || file.version.hash === base) return;
      base = file.version.hash;
      document.takeOver(file.text, false);
      document.setReadOnly(file.readOnly !== null);
      store.setState({ readOnly: file.readOnly });
    } catch (error) {
      if (toFailure(error).code !== 'not_found' || !idle() || note !== noteOf()) return;
      dirty = true;
      setSaving({ kind: 'conflict', theirs: null, base: null });
    }
  }

  const session: NoteSession = {
    store,
    document,
    flush,
    keep,
    refresh,
    load() {
      loading ??= read().finally(() => {
        loading = null;
      });
      return loading;
    },
    async keepMine() {
      const saving = savingOf();
      if (saving.kind !== 'conflict') return;
      base = saving.base;
      setSaving({ kind: 'unsaved' });
      await flush();
    },
    takeTheirs() {
      const saving = savingOf();
      if (saving.kind !== 'conflict' || saving.theirs === null) return;
      base = saving.base;
      document.takeOver(saving.theirs, true);
      clean();
    },
    async replaceText(text) {
      const saving = savingOf();
      if (saving.kind === 'conflict') base = saving.base;
      setSaving({ kind: 'unsaved' });
      document.dispatch({ changes: changeTo(document.state().doc, text), userEvent: 'input' });
      dirty = true;
      await flush();
    },
    moveTo(note) {
      kept.remove(noteOf());
      store.setState({ note });
      keep();
    },
    dispose() {
      clearTimeout(saveTimer);
      clearTimeout(keepTimer);
      dirty = false;
      kept.remove(noteOf());
    },
  };
  return session;
}
