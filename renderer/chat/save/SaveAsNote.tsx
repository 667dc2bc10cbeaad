import { useEffect, useMemo, useState } from 'react';
import type { Message } from '../../../electron/contract/conversations.ts';
import type { NoteEntry, NoteFolder } from '../../../electron/contract/notes.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { pathProblem, toNotePath } from '../../notes/noteActions.ts';
import { baseName, folderOf, keyOf } from '../../stores/notesTree.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { SelectField } from '../../ui/SelectField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';
import { answerNote, noteNameFor } from './answerNote.ts';

interface Props {
  readonly message: Message;
  readonly question: string;
  readonly onClose: () => void;
}
interface Place {
  readonly folderId: string;
  readonly prefix: string;
}

/** Asks where an answer is to be kept as a note, and writes it there. No note is ever written over. */
export function SaveAsNote(props: Props) {
  const { notes, route } = useStores();
  const folders = useStore('notes', ({ state }) => state?.folders);
  useEffect(() => notes.getState().want(), [notes]);
  if (folders && folders.length > 0) return <Form {...props} folders={folders} />;
  const toNotes = () => {
    props.onClose();
    route.getState().go({ screen: 'notes' });
  };
  return (
    <Dialog
      title="Save as note"
      text={
        folders
          ? 'There is no folder of notes yet. Choose one in Notes; then this answer can be kept there.'
          : 'Looking for your notes…'
      }
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>Cancel</Button>
          {folders && (
            <Button look="primary" onClick={toNotes}>
              Go to Notes
            </Button>
          )}
        </>
      }
    />
  );
}

function Form({ message, question, onClose, folders }: Props & { readonly folders: readonly NoteFolder[] }) {
  const { api, notes, toasts } = useStores();
  const entries = useStore('notes', (state) => state.entries);
  const places = useMemo(() => placesOf(folders, entries ?? []), [folders, entries]);
  // Beside what it cites, links lead to their notes.
  const cited = message.notes?.sources.find((source) => 'folderId' in source)?.folderId;
  const usual = folders.find(({ id }) => id === cited)?.id ?? folders[0]?.id ?? '';
  const [placeKey, setPlaceKey] = useState(keyOf({ folderId: usual, path: '' }));
  const [name, setName] = useState(() => noteNameFor(question));
  const { attempt, busy, problem, setProblem } = useAttempt();

  const save = () => {
    const place = places.get(placeKey);
    if (!place) return;
    const path = toNotePath(place.prefix, name);
    const wrong = pathProblem(path);
    if (wrong) return setProblem(wrong);
    const note = { folderId: place.folderId, path };
    return attempt(async () => {
      const text = answerNote(baseName(path), message, place.folderId);
      const { type } = await api.notes.save({ note, text, base: null });
      if (type !== 'saved')
        return setProblem('There is a note of that name already. It stays as it is; choose another name.');
      void notes.getState().list();
      onClose();
      toasts.getState().show(`Saved as “${baseName(path)}”.`, {
        ms: 10_000,
        action: { label: 'Open note', run: () => notes.getState().openNote(note) },
      });
    });
  };

  return (
    <Dialog
      title="Save as note"
      text={
        message.notes?.sources.length
          ? 'The answer becomes a Markdown file, with the passages that it cites.'
          : 'The answer becomes a Markdown file.'
      }
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={!name.trim() || busy} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <SelectField
        label="Folder"
        value={placeKey}
        options={[...places].map(([value, { label }]) => ({ value, label }))}
        onChange={setPlaceKey}
      />
      <TextField
        label="Name"
        value={name}
        problem={problem}
        onChange={(text) => {
          setName(text);
          setProblem('');
        }}
        onEnter={() => void save()}
      />
    </Dialog>
  );
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Every folder that holds notes, by key: the chosen ones, each with those inside of it. */
function placesOf(folders: readonly NoteFolder[], entries: readonly NoteEntry[]) {
  const places = new Map<string, Place & { readonly label: string }>();
  for (const { id, name } of folders) {
    const inside = new Set<string>(['']);
    for (const { folderId, path } of entries)
      if (folderId === id)
        for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) inside.add(folder);
    for (const prefix of [...inside].sort(byName.compare))
      places.set(keyOf({ folderId: id, path: prefix }), {
        folderId: id,
        prefix,
        label: prefix === '' ? name : `${name}/${prefix}`,
      });
  }
  return places;
}
