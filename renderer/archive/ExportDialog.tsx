import { FolderOpen } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { ExportWish } from '../../electron/contract/archive.ts';
import { useStore, useStores } from '../app/stores.tsx';
import type { Moved } from '../stores/archive.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatSize, plural } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { TextField } from '../ui/TextField.tsx';
import { usePlace } from './usePlace.ts';
import { useRun } from './useRun.ts';

const formats = [
  { value: 'markdown', label: 'Markdown, to read and edit', ending: '.md' },
  { value: 'html', label: 'HTML, a page to read or print', ending: '.html' },
  { value: 'json', label: 'JSON, complete, to import again', ending: '.json' },
] as const;
const trainings = [
  { value: 'conversations', label: 'Conversations' },
  { value: 'preferences', label: 'Better and worse answers' },
] as const;

/** Asks where to write chats, and writes them; a toast says what came of it. */
export function ExportDialog(props: { readonly wish: ExportWish; readonly onClose: () => void }) {
  const { onClose } = props;
  const { archive, api, toasts, fail } = useStores();
  const [wish, setWish] = useState(props.wish);
  const suggest = useCallback(() => archive.getState().suggest(wish), [archive, wish]);
  const place = usePlace(suggest, fail);
  const { path } = place;
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const [moved, setMoved] = useState<Moved | null>(null);
  const { running, problem, clear, run, stop } = useRun();
  const title = useStore('chats', ({ byId }) =>
    wish.what === 'chat' ? byId.get(wish.id)?.title : undefined,
  );

  const save = () =>
    run(async (signal) => {
      const input = { wish, path: path.trim(), replace: confirmed === path };
      const done = await archive.getState().export(input, setMoved, signal);
      toasts
        .getState()
        .show([`Saved to ${done.path} (${formatSize(done.size)}).`, ...wordsOf(done)].join(' '), {
          ms: 12_000,
          action: { label: 'Show', run: () => void api.host.reveal({ path: done.path }).catch(fail) },
        });
      onClose();
    });
  const browse = () =>
    run(async () => {
      const picked = await api.host.pick({ kind: 'saveFile', title: 'Save as', path });
      if (!picked.path) return;
      place.set(picked.path);
      setConfirmed(picked.path);
    });

  return (
    <Dialog
      title={
        wish.what === 'chat'
          ? 'Export this chat'
          : wish.what === 'everything'
            ? 'Export everything'
            : 'Export training data'
      }
      text={explain(wish, title)}
      onClose={onClose}
      actions={
        <>
          <Button onClick={running && moved ? stop : onClose}>{running && moved ? 'Stop' : 'Cancel'}</Button>
          <Button look="primary" disabled={!path.trim() || running} onClick={() => void save()}>
            Export
          </Button>
        </>
      }
    >
      {wish.what === 'chat' && (
        <SelectField
          label="Format"
          value={wish.format}
          options={formats}
          onChange={(value) => {
            const found = formats.find((each) => each.value === value);
            if (!found) return;
            setWish({ ...wish, format: found.value });
            place.rename((before) => before.replace(/\.(md|html|json)$/i, found.ending));
          }}
        />
      )}
      {wish.what === 'training' && (
        <SelectField
          label="What"
          value={wish.kind}
          options={trainings}
          onChange={(value) => {
            const found = trainings.find((each) => each.value === value);
            if (found) setWish({ ...wish, kind: found.value });
          }}
        />
      )}
      <TextField
        label="Save as"
        value={path}
        problem={problem}
        onChange={(text) => {
          clear();
          place.set(text);
        }}
        onFocus={place.onFocus}
        onBlur={place.onBlur}
        onEnter={() => path.trim() && !running && void save()}
      />
      <div className="dialog-actions" style={{ justifyContent: 'flex-start' }}>
        <Button small icon={FolderOpen} disabled={running} onClick={() => void browse()}>
          Choose a place…
        </Button>
      </div>
      {running && moved && <Progress label="Exporting" fraction={moved.fraction} />}
    </Dialog>
  );
}

function explain(wish: ExportWish, title: string | undefined): string {
  if (wish.what === 'everything')
    return 'All chats with all branches, ratings, tags and files, and your settings without secrets, in one zip file. Models and notes are not in it.';
  if (wish.what === 'training')
    return wish.kind === 'conversations'
      ? 'The shown branch of every chat, without answers that failed or that you rated bad: a JSON line each.'
      : 'Pairs of answers to the same words: rated good against bad, and those you went on from against those you left.';
  return wish.format === 'json'
    ? `All of “${title ?? ''}”: every branch, thought, rating, source and attached file.`
    : `What is shown of “${title ?? ''}” now. Nothing in the file loads anything from anywhere.`;
}

function wordsOf(done: {
  readonly chats: number;
  readonly lines: number | null;
  readonly notes: readonly string[];
}) {
  return [
    ...(done.lines === null
      ? done.chats === 1
        ? []
        : [`${plural(done.chats, 'chat')}.`]
      : [`${plural(done.lines, 'line')} from ${plural(done.chats, 'chat')}.`]),
    ...done.notes,
  ];
}
