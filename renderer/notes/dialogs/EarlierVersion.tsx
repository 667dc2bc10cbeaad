import { useEffect, useState } from 'react';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatDate } from '../../ui/format.ts';
import { useAttempt } from '../../ui/useAttempt.ts';
import { useDesk } from '../desk.ts';
import { Difference } from '../editor/Difference.tsx';
import { splitEnds } from '../session/lineEnds.ts';

/** Shows how a note differs from an earlier version, and brings that back if wanted. */
export function EarlierVersion(props: {
  readonly note: NoteRef;
  readonly id: string;
  readonly at: number;
  readonly onClose: () => void;
}) {
  const { note, id, onClose } = props;
  const { api, toasts } = useStores();
  const { sessions } = useDesk();
  const [earlier, setEarlier] = useState<string | null>(null);
  const { attempt, busy, problem, setProblem } = useAttempt();
  const session = sessions.find(note);
  const now = session?.document.state().doc.toString() ?? '';
  useEffect(() => {
    api.notes.earlier({ note, id }).then(
      ({ text }) => setEarlier(splitEnds(text).text),
      (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
    );
  }, [api, note, id, setProblem]);
  const restore = () =>
    attempt(async () => {
      await session?.replaceText(earlier ?? '');
      toasts.getState().show('Brought back. Undo in the text takes it away again.');
      onClose();
    });
  const same = earlier === now;
  return (
    <Dialog
      title={`The note of ${formatDate(props.at)}`}
      text={same ? 'It is the same as the note now.' : 'Red is what it was, green is what it is now.'}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" disabled={earlier === null || same || busy} onClick={() => void restore()}>
            Bring this back
          </Button>
        </>
      }
    >
      {earlier !== null && !same && <Difference before={earlier} after={now} />}
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
