import { history, undo } from '@codemirror/commands';
import { Text } from '@codemirror/state';
import { describe, expect, it, vi } from 'vitest';
import { createNoteSession } from '../../../../renderer/notes/session/noteSession.ts';
import { applyText, subjectNow, subjectOf } from '../../../../renderer/notes/write/subject.ts';
import { aFile, keptInMemory, note, type } from '../session/aFile.ts';

const opened = async (text: string) => {
  const { api, file } = aFile(text);
  const session = createNoteSession(note, {
    api,
    kept: keptInMemory(),
    extensions: () => history(),
    onMerged: () => {},
    pauses: { save: 5, keep: 1, retry: 20 },
  });
  await session.load();
  return { session, file };
};

describe('a proposal for an open note', () => {
  it('is one step that undo takes back, apart from what was typed just before, and is saved', async () => {
    const { session, file } = await opened('one\r\ntwo\r\n');
    type(session, 0, 'a ');
    applyText(session, 'a ONE\ntwo\nthree\n');
    await vi.waitFor(() => expect(file.text).toBe('a ONE\r\ntwo\r\nthree\r\n'));
    const { document } = session;
    undo({ state: document.state(), dispatch: (step) => document.apply(step) });
    expect(document.text()).toBe('a one\r\ntwo\r\n');
  });

  it('stays with its place when the note is changed meanwhile', async () => {
    const { session } = await opened('one two three\n');
    session.document.dispatch({ selection: { anchor: 4, head: 7 } });
    const subject = subjectOf(session, 'rewrite');
    type(session, 0, 'zero ');
    const now = subjectNow(subject, session.document.state().doc);
    expect(now.doc.sliceString(now.target.from, now.target.to)).toBe('two');
  });

  it('has the end of the whole at the end, and is empty where its place is gone', async () => {
    const { session } = await opened('one\n');
    const whole = subjectNow(subjectOf(session, 'summarize'), Text.of(['one', 'two', '']));
    expect(whole.target).toEqual({ from: 0, to: 8, whole: true });
    session.document.dispatch({ selection: { anchor: 0, head: 3 } });
    expect(subjectNow(subjectOf(session, 'rewrite'), Text.of(['', ''])).target).toMatchObject({
      from: 0,
      to: 0,
    });
  });
});
