import { useEffect, useRef, useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { Failure } from '../../../electron/contract/errors.ts';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { useStores } from '../../app/stores.tsx';
import { modelChoice } from '../../chat/useModelChoice.ts';
import { keyOf } from '../../stores/notesTree.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { useDesk } from '../desk.ts';
import type { NoteSession } from '../session/noteSession.ts';
import { Proposal } from './Proposal.tsx';
import { Running } from './Running.tsx';
import { applyText, type Subject, subjectNow, subjectOf } from './subject.ts';
import { useWriting } from './useWriting.ts';
import { WishForm } from './WishForm.tsx';
import './Write.css';
import { taskWords } from './writeWords.ts';

const mostText = 200_000;
/** Half of such a proposal would take away the other half of the text. */
const replacing: ReadonlySet<WritingTask> = new Set(['rewrite', 'translate']);

/** Has the model write something for an open note; only what a person accepts comes into it. */
export function WriteDialog(props: {
  readonly note: NoteRef;
  readonly task: WritingTask;
  readonly onClose: () => void;
}) {
  const session = useDesk().sessions.find(props.note);
  return session && <Write session={session} {...props} />;
}

function Write(props: {
  readonly session: NoteSession;
  readonly note: NoteRef;
  readonly task: WritingTask;
  readonly onClose: () => void;
}) {
  const { session, note, task, onClose } = props;
  const stores = useStores();
  const { writing, start, stop } = useWriting();
  const [begun, setBegun] = useState<Subject>(() => subjectOf(session, task));
  const [asking, setAsking] = useState(taskWords[task].asks);
  const [wish, setWish] = useState(task === 'translate' ? 'English' : '');
  useZustand(session.store, (state) => state.revision);
  const { doc } = session.document.state();
  const subject = subjectNow(begun, doc);
  const { from, to, whole } = subject.target;
  const tooLong = to - from > mostText;

  const run = (how: string) => {
    setBegun(subject);
    setAsking(false);
    setWish(how);
    if (tooLong) return;
    const asked = task === 'translate' ? { language: how } : how.trim() ? { instruction: how } : {};
    void start({ task, note, text: doc.sliceString(from, to), modelId: modelChoice(stores), ...asked });
  };
  const begin = useRef(run);
  begin.current = run;
  useEffect(() => stores.notes.getState().want(), [stores]);
  useEffect(() => {
    if (!taskWords[task].asks) begin.current('');
  }, [task]);
  const again = () => (taskWords[task].asks ? setAsking(true) : run(wish));
  const apply = (text: string) => {
    const { readOnly } = session.store.getState();
    if (readOnly !== null)
      return stores.toasts.getState().show(`The note cannot be changed now. ${readOnly}`, { tone: 'bad' });
    applyText(session, text);
    onClose();
    if (session.document.view()) stores.notes.setState({ focus: keyOf(note) });
    stores.toasts.getState().show('It is in the note. Undo in the text takes it away again.');
  };

  const ended = writing.state === 'done' || (writing.state === 'stopped' && !replacing.has(task));
  const words = whole ? (to < doc.length ? 'Up to the cursor' : 'The whole note') : 'The selection';
  return (
    <Dialog
      title={taskWords[task].label}
      text={`${words}, ${plural(countWords(doc.sliceString(from, to)), 'word')}. Nothing changes until you accept it.`}
      onClose={onClose}
      actions={null}
    >
      <div className="write" data-task={task}>
        {asking ? (
          <>
            <WishForm
              task={task === 'translate' ? 'translate' : 'rewrite'}
              value={wish}
              onChange={setWish}
              onStart={run}
            />
            <div className="dialog-actions">
              <Button onClick={onClose}>Cancel</Button>
              <Button look="primary" disabled={!wish.trim()} onClick={() => run(wish)}>
                {taskWords[task].label}
              </Button>
            </div>
          </>
        ) : tooLong ? (
          <Trouble failure={tooLongFailure} onAgain={null} onClose={onClose} />
        ) : ended && !(writing.state === 'stopped' && writing.text === '') ? (
          <Proposal
            task={task}
            writing={writing}
            folderId={note.folderId}
            subject={subject}
            changed={!begun.doc.eq(doc)}
            onAgain={again}
            onClose={onClose}
            onApply={apply}
          />
        ) : writing.state === 'failed' && writing.error ? (
          <Trouble failure={writing.error} onAgain={() => run(wish)} onClose={onClose} />
        ) : writing.state === 'running' || writing.state === 'idle' ? (
          <>
            <Running writing={writing} />
            <div className="dialog-actions">
              <Button onClick={stop}>Stop</Button>
            </div>
          </>
        ) : (
          <>
            <Running writing={writing} />
            <p role="status">Stopped before the end, so there is nothing to accept. The note is as it was.</p>
            <div className="dialog-actions">
              <Button onClick={onClose}>Close</Button>
              <Button look="primary" onClick={() => run(wish)}>
                Write again
              </Button>
            </div>
          </>
        )}
      </div>
    </Dialog>
  );
}

const tooLongFailure: Failure = {
  code: 'bad_input',
  message: 'This is too long to work on at once. The note is as it was. Select a part of it, then try again.',
};
const chooseCodes: ReadonlySet<string> = new Set([
  'unsupported',
  'no_model',
  'model_missing',
  'model_invalid',
  'model_load_failed',
  'model_blocked',
  'context_overflow',
]);
const finalCodes: ReadonlySet<string> = new Set(['unsupported', 'bad_input', 'context_overflow']);

function Trouble(props: {
  readonly failure: Failure;
  readonly onAgain: (() => void) | null;
  readonly onClose: () => void;
}) {
  const { route } = useStores();
  const { code, message } = props.failure;
  const toModels = () => {
    props.onClose();
    route.getState().go({ screen: 'models' });
  };
  return (
    <>
      <p className="trouble" data-tone="bad" role="alert">
        {message}
      </p>
      <div className="dialog-actions">
        <Button onClick={props.onClose}>Close</Button>
        {props.onAgain && !finalCodes.has(code) && <Button onClick={props.onAgain}>Try again</Button>}
        {chooseCodes.has(code) && (
          <Button look="primary" onClick={toModels}>
            Choose a model
          </Button>
        )}
      </div>
    </>
  );
}

const countWords = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
