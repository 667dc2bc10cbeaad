import { Popover } from 'radix-ui';
import { useEffect, useMemo, useState } from 'react';
import type { Ledger } from '../../../electron/contract/ledger.ts';
import { type LoadSettings, loadSettings } from '../../../electron/contract/load.ts';
import { chooseModel } from '../../app/actions.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import { fitWords } from '../../models/modelWords.ts';
import { useEstimate } from '../../models/useEstimate.ts';
import { Button } from '../../ui/Button.tsx';
import { formatCount, formatSize } from '../../ui/format.ts';
import { largerWindows } from './largerWindows.ts';

const usual = loadSettings.parse({});

/** Offers larger windows for the loaded model, with the memory they take, and loads it with one. */
export function LargerWindow({ ledger }: { readonly ledger: Ledger }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button small>Larger window…</Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu windows"
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Larger window"
        >
          <Windows ledger={ledger} onDone={() => setOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Windows({ ledger, onDone }: { readonly ledger: Ledger; readonly onDone: () => void }) {
  const stores = useStores();
  const { modelId } = ledger;
  const kept = useStore('settings', ({ settings }) => settings?.load[modelId] ?? usual);
  const [most, setMost] = useState<number | null | undefined>(undefined);
  useEffect(() => {
    stores.api.engine
      .choices({ modelId })
      .then(({ contextSize }) => setMost(contextSize))
      .catch(stores.fail);
  }, [stores, modelId]);
  if (most === undefined) return <p>Looking what this model can hold…</p>;
  const sizes = largerWindows(ledger, most);
  const load = (contextSize: number) => {
    onDone();
    void chooseModel(stores, modelId, false, { ...kept, contextSize });
  };
  return (
    <>
      <p>
        {sizes.length === 0
          ? `This model was made for at most ${formatCount(ledger.contextSize)} tokens. Choose another model for more.`
          : 'The model is loaded again with more room, and reads the chat anew. What you wrote stays.'}
      </p>
      {sizes.map((size) => (
        <WindowOption key={size} modelId={modelId} kept={kept} size={size} onChoose={() => load(size)} />
      ))}
      {sizes.length > 0 && (
        <button
          type="button"
          className="menu-item"
          onClick={() => {
            onDone();
            stores.ui.getState().show({ kind: 'loadSettings', modelId });
          }}
        >
          Load settings…
        </button>
      )}
    </>
  );
}

function WindowOption(props: {
  readonly modelId: string;
  readonly kept: LoadSettings;
  readonly size: number;
  readonly onChoose: () => void;
}) {
  const { modelId, kept, size, onChoose } = props;
  const settings = useMemo(() => ({ ...kept, contextSize: size }), [kept, size]);
  const estimate = useEstimate(modelId, settings);
  return (
    <button type="button" className="menu-item" onClick={onChoose}>
      {formatCount(size)} tokens
      <small>
        {estimate
          ? `About ${formatSize(estimate.total)} of memory · ${fitWords[estimate.word].text.toLowerCase()}`
          : 'Working out the memory…'}
      </small>
    </button>
  );
}
