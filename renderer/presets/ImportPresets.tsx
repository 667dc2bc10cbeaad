import { useId, useState } from 'react';
import { useStores } from '../app/stores.tsx';
import { errorText } from '../stores/errorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { plural } from '../ui/format.ts';

const longest = 5_000_000;

/** Takes over presets from a file, or from what is pasted. */
export function ImportPresets({ onClose }: { readonly onClose: () => void }) {
  const { api, toasts } = useStores();
  const id = useId();
  const [json, setJson] = useState('');
  const [problem, setProblem] = useState('');
  const take = async () => {
    try {
      const { added } = await api.presets.addFrom({ json });
      toasts.getState().show(`${plural(added.length, 'preset')} added.`);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > longest) return setProblem('This file is too large for presets. Nothing was changed.');
    setProblem('');
    setJson(await file.text());
  };
  return (
    <Dialog
      title="Import presets"
      text="From a file that Inkling exported, or JSON that you paste. They come beside those you have."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={json.trim() === ''} onClick={() => void take()}>
            Import
          </Button>
        </>
      }
    >
      <input
        type="file"
        accept=".json,application/json"
        aria-label="File with presets"
        onChange={(event) => void read(event.target.files?.[0])}
      />
      <div className="field">
        <label htmlFor={id}>JSON</label>
        <textarea
          id={id}
          className="input schema-input"
          rows={8}
          spellCheck={false}
          dir="ltr"
          maxLength={longest}
          value={json}
          aria-invalid={problem !== '' || undefined}
          onChange={(event) => setJson(event.target.value)}
        />
        {problem !== '' && (
          <p className="field-problem" role="alert">
            {problem}
          </p>
        )}
      </div>
    </Dialog>
  );
}
