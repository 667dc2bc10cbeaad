import { Check } from 'lucide-react';
import type { Model } from '../../electron/contract/library.ts';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { retryOf } from '../stores/engine.ts';
import { Button } from '../ui/Button.tsx';
import { factsOf, useModelState } from './modelState.ts';

/** One model in the picker: chosen with a click; a broken file says why it cannot be. */
export function ModelOption(props: {
  readonly model: Model;
  readonly chosen: boolean;
  readonly onChoose: (id: string) => void;
}) {
  const { model } = props;
  const stores = useStores();
  const { engine } = stores;
  const retry = useStore('engine', (store) => retryOf(store.engine, model.id));
  const state = useModelState(model.id);
  const asked = useStore('engine', (store) => store.asked === model.id);
  if (model.state === 'invalid') {
    return (
      <div className="option" data-invalid>
        <span className="dot" data-tone="bad" />
        <span className="option-words">
          <span className="truncate" title={model.path}>
            {model.name}
          </span>
          <span className="option-reason">{model.reason}</span>
        </span>
      </div>
    );
  }
  return (
    <div className="option">
      <button
        type="button"
        className="option-choose"
        aria-pressed={props.chosen}
        disabled={model.state === 'reading'}
        onClick={() => props.onChoose(model.id)}
      >
        <span className="dot" data-tone={state.tone} />
        <span className="option-words">
          <span className="truncate" title={`${model.name}\n${model.path}`}>
            {model.name}
          </span>
          <span className="option-facts truncate">
            {model.state === 'reading' ? 'reading the file…' : `${factsOf(model)} · ${state.words}`}
          </span>
        </span>
        {props.chosen && <Check size={16} aria-hidden />}
      </button>
      {retry && !asked && (
        <Button small look="quiet" onClick={() => void chooseModel(stores, model.id, false, retry.settings)}>
          {retry.label}
        </Button>
      )}
      {asked && (
        <Button small look="quiet" onClick={() => engine.getState().cancelLoad()}>
          Cancel
        </Button>
      )}
    </div>
  );
}
