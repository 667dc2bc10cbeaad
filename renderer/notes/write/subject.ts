import { isolateHistory } from '@codemirror/commands';
import type { Text } from '@codemirror/state';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { changeTo } from '../session/changeTo.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { type Target, targetOf } from './proposal.ts';

/** What is worked on, in the text as it was when the work began. */
export interface Subject {
  readonly doc: Text;
  readonly target: Target;
}

/** What a task is to work on in an open note: its selection, else the whole. */
export function subjectOf(session: NoteSession, task: WritingTask): Subject {
  const { doc, selection } = session.document.state();
  return { doc, target: targetOf(task, doc.toString(), selection.main) };
}

/** The same place in the text as it is now, after whatever was changed meanwhile. */
export function subjectNow({ doc, target }: Subject, now: Text): Subject {
  if (doc.eq(now)) return { doc, target };
  const changes = changeTo(doc, now.toString());
  // What was added at the edges stays outside of a selection, and belongs to the whole.
  const from = changes.mapPos(target.from, 1);
  const to = Math.max(from, target.to === doc.length ? now.length : changes.mapPos(target.to, -1));
  return { doc: now, target: { ...target, from, to } };
}

/** Puts a text into the open editor as one step that can be undone; it is saved like anything typed. */
export function applyText({ document }: NoteSession, text: string): void {
  document.dispatch({
    changes: changeTo(document.state().doc, text),
    annotations: isolateHistory.of('full'),
    userEvent: 'input.write',
    scrollIntoView: false,
  });
}
