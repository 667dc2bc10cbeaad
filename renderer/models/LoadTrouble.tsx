import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { stateOf } from '../stores/engine.ts';
import { Button } from '../ui/Button.tsx';

/** Why a model could not be loaded, and a button that names the next sensible try. */
export function LoadTrouble({ modelId }: { readonly modelId: string }) {
  const stores = useStores();
  const state = useStore('engine', ({ engine }) => stateOf(engine, modelId));
  if (state?.state !== 'failed') return null;
  const { error, retry } = state;
  return (
    <div className="load-trouble">
      <p className="card-reason">{error.message}</p>
      {retry && (
        <Button small onClick={() => void chooseModel(stores, modelId, true, retry.settings)}>
          {retry.label}
        </Button>
      )}
    </div>
  );
}
