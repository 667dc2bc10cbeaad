import type { Model } from '../../electron/contract/library.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { Progress } from '../ui/Progress.tsx';
import { checkWords } from './checkWords.ts';

/** What the newest check of a model's bytes said, or how far one is that runs. */
export function ModelCheckLine({ model }: { readonly model: Model }) {
  const { library } = useStores();
  const fraction = useStore('library', (state) => state.verifying.get(model.id) ?? null);
  if (fraction !== null) {
    return (
      <div className="card-line">
        <span className="card-facts">Verifying, {Math.floor(fraction * 100)}%</span>
        <Progress label={`Verifying ${model.name}`} fraction={fraction} />
        <Button
          small
          aria-label={`Stop verifying ${model.name}`}
          onClick={() => library.getState().stopVerifying(model.id)}
        >
          Cancel
        </Button>
      </div>
    );
  }
  if (!model.check) return null;
  const { text, tone } = checkWords(model.check);
  return <p className={tone === 'bad' ? 'card-reason' : 'card-check'}>{text}</p>;
}
