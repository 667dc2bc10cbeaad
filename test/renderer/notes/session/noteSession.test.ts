import { history, undo } from '@codemirror/commands';
import { describe, expect, it, vi } from 'vitest';
import { InklingError } from '../../../../electron/contract/errors.ts';
import { createNoteSession, type NoteSession } from '../../../../renderer/notes/session/noteSession.ts';
import { aFile, aSession, keptInMemory, note, type } from './aFile.ts';

const saving = (session: NoteSession) => session.store.getState().saving;
const textOf = (session: NoteSession) => session.document.text();

describe('a note that is open', () => {
  it('is saved a moment after the last key', async () => {
    const { api, file } = aFile('# Power\n');
    const { session } = aSession(api);
    await session.load();
    type(session, 8, 'one');
    type(session, 11, ' two');
    expect(saving(session).kind).toBe('unsaved');
    await vi.waitFor(() => expect(file.text).toBe('# Power\none two'));
    expect(file.saves).toBe(1);
    await vi.waitFor(() => expect(saving(session).kind).toBe('saved'));
  });

  it('is saved at once when it is left', async () => {
    const { api, file } = aFile('');
    const { session } = aSession(api);
    await session.load();
    type(session, 0, 'words');
    await session.flush();
    expect(file.text).toBe('words');
  });

  it('keeps the line ends that nobody touched', async () => {
    const { api, file } = aFile('one\r\ntwo\nthree\r\n');
    const { session } = aSession(api);
    await session.load();
    type(session, 3, '!');
    await session.flush();
    expect(file.text).toBe('one!\r\ntwo\nthree\r\n');
  });

  it('keeps what was typed while it was being saved, and saves that too', async () => {
    const { api, file, hold } = aFile('a');
    const { session } = aSession(api);
    await session.load();
    type(session, 1, 'b');
    const letGo = hold();
    const first = session.flush();
    type(session, 2, 'c');
    letGo();
    await first;
    expect(textOf(session)).toBe('abc');
    expect(saving(session).kind).toBe('unsaved');
    await session.flush();
    expect(file.text).toBe('abc');
    expect(saving(session).kind).toBe('saved');
  });

  it('follows its file while nothing is edited here, outside of the undo history', async () => {
    const { api, file } = aFile('one\ntwo\n');
    const session = createNoteSession(note, {
      api,
      kept: keptInMemory(),
      extensions: () => history(),
      onMerged: () => {},
    });
    await session.load();
    file.text = 'zero\none\r\ntwo\n';
    await session.refresh();
    expect(textOf(session)).toBe('zero\none\r\ntwo\n');
    expect(saving(session).kind).toBe('saved');
    const { document } = session;
    expect(undo({ state: document.state(), dispatch: document.apply })).toBe(false);
    await session.flush();
    expect(file.saves).toBe(0);
  });

  it('cannot be saved where its file is to be read only', async () => {
    const { api, file } = aFile('text');
    file.readOnly = 'The file is not UTF-8.';
    const { session } = aSession(api);
    await session.load();
    expect(session.document.state().readOnly).toBe(true);
    type(session, 0, 'x');
    await session.flush();
    expect(file.text).toBe('text');
  });

  it('says why it cannot be read, and is read when asked again', async () => {
    const { api, file } = aFile(null);
    const { session } = aSession(api);
    await session.load();
    expect(session.store.getState()).toMatchObject({ phase: 'failed', problem: { code: 'not_found' } });
    file.text = 'here';
    await session.load();
    expect(session.store.getState().phase).toBe('ready');
    expect(textOf(session)).toBe('here');
  });
});

describe('a note that changed elsewhere', () => {
  it('gets both changes where they are apart, also what was typed meanwhile', async () => {
    const { api, file, hold } = aFile('one\ntwo\nthree\nfour\nfive');
    const { session, merged } = aSession(api);
    await session.load();
    type(session, 3, ' mine');
    file.text = 'one\ntwo\nthree\nfour\nfive theirs';
    const letGo = hold();
    const first = session.flush();
    type(session, 0, 'typed ');
    letGo();
    await first;
    expect(merged).toEqual([session]);
    expect(textOf(session)).toBe('typed one mine\ntwo\nthree\nfour\nfive theirs');
    await session.flush();
    expect(file.text).toBe('typed one mine\ntwo\nthree\nfour\nfive theirs');
  });

  it('gives the merged changes back by undo', async () => {
    const { api, file } = aFile('one\ntwo\nthree');
    const session = createNoteSession(note, {
      api,
      kept: keptInMemory(),
      extensions: () => history(),
      onMerged: () => {},
    });
    await session.load();
    type(session, 3, ' mine');
    file.text = 'one\ntwo\nthree theirs';
    await session.flush();
    expect(textOf(session)).toBe('one mine\ntwo\nthree theirs');
    const { document } = session;
    undo({ state: document.state(), dispatch: document.apply });
    expect(textOf(session)).toBe('one mine\ntwo\nthree');
    await session.flush();
    expect(file.text).toBe('one mine\ntwo\nthree');
  });

  async function conflict() {
    const made = aFile('one\ntwo');
    const kept = keptInMemory();
    const { session } = aSession(made.api, kept);
    await session.load();
    type(session, 3, ' mine');
    made.file.text = 'one theirs\ntwo';
    await session.flush();
    expect(saving(session)).toMatchObject({ kind: 'conflict', theirs: 'one theirs\ntwo' });
    expect(made.file.text).toBe('one theirs\ntwo');
    expect(textOf(session)).toBe('one mine\ntwo');
    expect(kept.texts.size).toBe(1);
    return { ...made, session, kept };
  }

  it('is not written over in the same place; mine is kept where that is chosen', async () => {
    const { session, file, kept } = await conflict();
    await session.flush();
    expect(file.text).toBe('one theirs\ntwo');
    await session.keepMine();
    expect(file.text).toBe('one mine\ntwo');
    expect(saving(session).kind).toBe('saved');
    expect(kept.texts.size).toBe(0);
  });

  it('is asked about again if it changed once more before mine was chosen', async () => {
    const { session, file } = await conflict();
    file.text = 'one theirs again\ntwo';
    await session.keepMine();
    expect(saving(session)).toMatchObject({ kind: 'conflict', theirs: 'one theirs again\ntwo' });
    expect(file.text).toBe('one theirs again\ntwo');
  });

  it('becomes theirs where that is chosen', async () => {
    const { session, file } = await conflict();
    session.takeTheirs();
    expect(textOf(session)).toBe('one theirs\ntwo');
    await session.flush();
    expect(file.saves).toBe(1);
    expect(saving(session).kind).toBe('saved');
  });

  it('becomes a text of both where one was made by hand', async () => {
    const { session, file } = await conflict();
    await session.replaceText('one mine theirs\ntwo');
    expect(file.text).toBe('one mine theirs\ntwo');
    expect(saving(session).kind).toBe('saved');
  });

  it('is written again where it was deleted, if that is wanted', async () => {
    const { api, file } = aFile('one');
    const { session } = aSession(api);
    await session.load();
    file.text = null;
    await session.refresh();
    expect(saving(session)).toMatchObject({ kind: 'conflict', theirs: null });
    expect(textOf(session)).toBe('one');
    await session.keepMine();
    expect(file.text).toBe('one');
  });
});

describe('a text that could not be saved', () => {
  it('stays, is told of, and is saved when that works again', async () => {
    const { api, file } = aFile('a');
    const { session } = aSession(api);
    await session.load();
    file.broken = new InklingError('storage_full', 'The disk is full.');
    type(session, 1, 'b');
    await session.flush();
    expect(saving(session)).toMatchObject({ kind: 'failed', problem: { code: 'storage_full' } });
    file.broken = null;
    await vi.waitFor(() => expect(file.text).toBe('ab'));
  });

  it('goes on in the next life of the page, over the version that it was made from', async () => {
    const { api, file } = aFile('one\ntwo\nthree');
    const kept = keptInMemory();
    const { session } = aSession(api, kept);
    await session.load();
    type(session, 3, ' mine');
    session.keep();
    file.text = 'one\ntwo\nthree theirs';
    const next = aSession(api, kept);
    await next.session.load();
    expect(file.text).toBe('one mine\ntwo\nthree theirs');
    expect(textOf(next.session)).toBe('one mine\ntwo\nthree theirs');
    expect(kept.texts.size).toBe(0);
  });

  it('is still there if the file is gone by then', async () => {
    const { api, file } = aFile('one');
    const kept = keptInMemory();
    kept.put({ note, text: 'one and more', base: 'hash of one' });
    file.text = null;
    const { session } = aSession(api, kept);
    await session.load();
    expect(textOf(session)).toBe('one and more');
    await session.keepMine();
    expect(file.text).toBe('one and more');
  });
});
