import { useState } from 'react';
import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import type { LinkChange } from '../../../electron/contract/notes.ts';
import { useStores } from '../../app/stores.tsx';
import { baseName, folderOf, keyOf } from '../../stores/notesTree.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { plural } from '../../ui/format.ts';
import { TextField } from '../../ui/TextField.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { useDesk } from '../desk.ts';
import { pathProblem, renameNote, toNotePath } from '../noteActions.ts';
import { LinkReview } from './LinkReview.tsx';

/** Asks for a note's new name and place, then shows what that changes in other notes before anything is done. */
export function RenameNote({ note, onClose }: { readonly note: NoteRef; readonly onClose: () => void }) {
  const stores = useStores();
  const desk = useDesk();
  const [path, setPath] = useState(note.path.replace(/\.md$/i, ''));
  const [changes, setChanges] = useState<readonly LinkChange[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { attempt, busy, problem, setProblem } = useAttempt();
  const to = toNotePath('', path);
  const notes = [...new Map(changes?.map((change) => [keyOf(change.note), change.note])).values()];
  const update = notes.filter((each) => !left.has(keyOf(each)));

  const rename = async (links: readonly NoteRef[]) => {
    const { failed } = await renameNote(stores, desk, note, to, links);
    onClose();
    if (failed.length > 0) {
      const names = failed.map((each) => `${each.note.path} (${each.reason})`).join(', ');
      const text = `Renamed. Links in ${plural(failed.length, 'note')} could not be updated: ${names}`;
      stores.toasts.getState().show(text, { tone: 'bad', ms: 20_000 });
    }
  };
  const plan = () => {
    const wrong = pathProblem(to);
    if (wrong) return setProblem(wrong);
    if (to === note.path) return onClose();
    void attempt(async () => {
      await desk.sessions.flushAll();
      const planned = await stores.api.notes.planRename({ note, to });
      if (planned.changes.length === 0) await rename([]);
      else setChanges(planned.changes);
    });
  };

  return (
    <Dialog
      title={changes ? `Links to “${baseName(note.path)}”` : 'Rename or move'}
      text={
        changes
          ? 'These lines link to the note. Choose the notes in which the link is to follow the new name. Only these lines change.'
          : undefined
      }
      onClose={onClose}
      actions={
        <>
          {changes && <Button onClick={() => setChanges(null)}>Back</Button>}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={busy || !path.trim()}
            onClick={() => (changes ? void attempt(() => rename(update)) : plan())}
          >
            {changes
              ? update.length > 0
                ? `Rename and update ${plural(update.length, 'note')}`
                : 'Rename only'
              : 'Rename'}
          </Button>
        </>
      }
    >
      {changes ? (
        <>
          <LinkReview changes={changes} notes={notes} left={left} onChange={setLeft} />
          {problem && (
            <p className="field-problem" role="alert">
              {problem}
            </p>
          )}
        </>
      ) : (
        <TextField
          label="Name, with its folder"
          value={path}
          help={folderOf(to) ? `In the folder “${folderOf(to)}”.` : 'At the top of its folder.'}
          problem={problem}
          onChange={(text) => {
            setPath(text);
            setProblem('');
          }}
          onEnter={plan}
        />
      )}
    </Dialog>
  );
}
