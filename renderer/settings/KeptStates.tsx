import { useEffect } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { formatSize } from '../ui/format.ts';
import { SelectField } from '../ui/SelectField.tsx';

const sizes = [0.5e9, 1e9, 2e9, 5e9, 10e9, 20e9, 50e9];

/** What is kept of chats that a model has read: how much that is, how much it may be, and the way to be rid of it. */
export function KeptStates() {
  const { storage, settings, toasts, fail } = useStores();
  const kept = useStore('storage', (state) => state.states);
  const budget = useStore('settings', (state) => state.settings?.statesBudget ?? 0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a smaller budget removes some
  useEffect(() => {
    void storage.getState().lookAtStates().catch(fail);
  }, [storage, fail, budget]);

  const clear = async () => {
    try {
      await storage.getState().clearStates();
      toasts.getState().show('Cleared. The next answer in a chat reads it again.');
    } catch (error) {
      fail(error);
    }
  };
  const options = [...new Set([0, ...sizes, budget])].sort((a, b) => a - b);
  return (
    <>
      <div className="data-line">
        <div className="data-words">
          <h3>Quick return</h3>
          <span className="muted">
            {kept === null || kept.files === 0
              ? 'Nothing is kept now.'
              : `${formatSize(kept.size)} kept of what models have read in your chats.`}
          </span>
        </div>
        <Button small disabled={!kept || kept.files === 0} onClick={() => void clear()}>
          Clear
        </Button>
      </div>
      <SelectField
        label="Room for it on this disk"
        help="A chat that was read once goes on at once, also after a restart. When the room is full, the chats not used for longest are read again."
        value={String(budget)}
        options={options.map((size) => ({
          value: String(size),
          label: size === 0 ? 'None: read every chat again' : `Up to ${formatSize(size).replace('.0 ', ' ')}`,
        }))}
        onChange={(value) => void settings.getState().set({ statesBudget: Number(value) })}
      />
    </>
  );
}
