import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useStore, useStores } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import { canContinue, continueAnswer } from './continueAnswer.ts';

/** Lets the model go on with an answer that ended before it was through; nothing for all others. */
export function ContinueButton({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const stores = useStores();
  const can = useZustand(store, (line) => canContinue(line.message));
  const running = useStore('threads', (state) => state.threads.get(threadId)?.running === true);
  if (!can) return null;
  return (
    <Button small disabled={running} onClick={() => continueAnswer(stores, threadId, store.getState().key)}>
      Continue
    </Button>
  );
}
