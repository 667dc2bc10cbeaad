import { useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { formatSize } from '../../ui/format.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { useAttempt } from '../../ui/useAttempt.ts';

/** Lets a person choose the model that finds notes by meaning. */
export function EmbeddingChoice({ onClose }: { readonly onClose: () => void }) {
  const { notes, route } = useStores();
  const chosen = useStore('notes', ({ state }) => state?.embeddingModelId ?? null);
  const models = useStore('library', ({ library }) => library?.models);
  const [value, setValue] = useState(chosen ?? '');
  const meaning = useStore('notes', ({ state }) => state?.meaning ?? 'none');
  const reading = useStore('notes', ({ state }) => state?.index.phase === 'embedding');
  const { attempt, busy, problem } = useAttempt();
  const usable = models?.filter((model) => model.state === 'ok' && model.summary.kind === 'model') ?? [];
  const gone = chosen !== null && !usable.some(({ id }) => id === chosen);
  const options = [
    { value: '', label: 'None: by words alone' },
    ...usable.map(({ id, name, size }) => ({ value: id, label: `${name} · ${formatSize(size)}` })),
    ...(gone ? [{ value: chosen, label: 'A model that is no longer here' }] : []),
  ];
  const save = () =>
    attempt(async () => {
      await notes.getState().setEmbeddingModel(value || null);
      onClose();
    });
  return (
    <Dialog
      title="How notes are found"
      text="By words, a note is found if it holds the words of a question. An embedding model also finds it by its meaning. It reads every note once, here on this computer, in the background."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={busy || value === (chosen ?? '')} onClick={() => void save()}>
            Use it
          </Button>
        </>
      }
    >
      <SelectField
        label="Embedding model"
        value={value}
        options={options}
        onChange={setValue}
        help="A small embedding model is best for this. A chat model works, but worse and slower."
      />
      {(meaning === 'before' || meaning === 'missing') && (
        <p className="field-help" role="status">
          {meaning === 'before'
            ? 'Notes are being read with the new model; the old one answers until then.'
            : reading
              ? 'Notes are being read with the new model. The old one is not here any more, so notes are found by words until then.'
              : 'The chosen model is not here, so notes are found by words. Put its file back, or choose another one.'}
        </p>
      )}
      <div className="dialog-actions notes-left">
        <Button
          small
          onClick={() => {
            onClose();
            route.getState().go({ screen: 'models', tab: 'discover' });
          }}
        >
          Get an embedding model
        </Button>
      </div>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}
