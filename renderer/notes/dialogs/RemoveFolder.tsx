import { useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { useDesk } from '../desk.ts';

/** Asks before a folder is forgotten. */
export function RemoveFolder(props: {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}) {
  const { notes } = useStores();
  const { sessions } = useDesk();
  const { attempt, busy, problem } = useAttempt();
  const remove = () =>
    attempt(async () => {
      await sessions.flushAll();
      await notes.getState().removeFolder(props.id);
      props.onClose();
    });
  return (
    <Dialog
      title={`Take “${props.name}” out of Inkling?`}
      text="Its index and the earlier versions that Inkling kept of its notes are deleted. The notes themselves stay where they are, as they are; you can add the folder again."
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          <Button look="danger" disabled={busy} onClick={() => void remove()}>
            Take out
          </Button>
        </>
      }
    >
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
