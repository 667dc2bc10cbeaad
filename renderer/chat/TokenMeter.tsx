import { useStore, useStores } from '../app/stores.tsx';
import { formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';
import { panelId } from './ledger/LedgerPanel.tsx';
import { useLedger, useLedgerOf } from './ledger/useLedger.ts';

/** How much of the model's window this chat and the words being written take; opens what the model sees of them. */
export function TokenMeter({ id, draft }: { readonly id: string | null; readonly draft: string }) {
  const stores = useStores();
  useLedger(id, draft);
  const ledger = useLedgerOf(id);
  const open = useStore('ledger', (state) => state.open);
  if (!ledger) return null;
  const { tokens, contextSize, fits } = ledger;
  const words = `${formatCount(tokens)} of ${formatCount(contextSize)}`;
  const toggle = () => {
    stores.ledger.getState().show(!open);
    if (!open) requestAnimationFrame(() => document.getElementById(panelId)?.focus());
  };
  return (
    <Hint side="top" text={open ? 'Hide what the model sees' : 'What the model sees'}>
      <button
        type="button"
        id="token-meter"
        className="meter"
        data-full={!fits || undefined}
        aria-expanded={open}
        aria-label={`${words} tokens of the window used`}
        onClick={toggle}
      >
        {words}
        <span className="meter-bar" aria-hidden>
          <span style={{ width: `${Math.min(100, (tokens / contextSize) * 100)}%` }} />
        </span>
      </button>
    </Hint>
  );
}
