import { useEffect, useState } from 'react';
import { toFailure } from '../../electron/contract/errors.ts';
import {
  type LoadChoices,
  loadSettings,
  type LoadSettings as Settings,
} from '../../electron/contract/load.ts';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { findModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { AdapterFields } from './AdapterFields.tsx';
import { EstimateBar } from './EstimateBar.tsx';
import { LoadFields } from './LoadFields.tsx';
import './LoadSettings.css';
import './Models.css';
import { SamplingTable } from './SamplingTable.tsx';
import { useEstimate } from './useEstimate.ts';

const usual = loadSettings.parse({});

/** How one model is loaded: its window, where it computes, and what that takes, while it is being chosen. */
export function LoadSettings({
  modelId,
  onClose,
}: {
  readonly modelId: string;
  readonly onClose: () => void;
}) {
  const stores = useStores();
  const { api, settings, engine, fail } = stores;
  const name = useStore('library', ({ library }) => findModel(library, modelId)?.name ?? 'this model');
  const all = useStore('settings', (store) => store.settings?.load);
  const loaded = useStore('engine', (store) => loadedModelId(store.engine) === modelId);
  const kept = all?.[modelId] ?? usual;
  const [draft, setDraft] = useState(kept);
  const [choices, setChoices] = useState<LoadChoices | null>(null);
  const [problem, setProblem] = useState('');
  const estimate = useEstimate(modelId, draft);
  useEffect(() => {
    api.engine
      .choices({ modelId })
      .then(setChoices)
      .catch((error: unknown) => setProblem(toFailure(error).message));
  }, [api, modelId]);

  const change = (changed: Partial<Settings>) => setDraft((now) => ({ ...now, ...changed }));
  const isNew = (now: Settings, then: Settings) => JSON.stringify(now) !== JSON.stringify(then);
  const onlyAdapters = !isNew({ ...draft, adapters: [] }, { ...kept, adapters: [] });

  const save = async (): Promise<boolean> => {
    setProblem('');
    try {
      // Adapters go to work on the loaded model at once; an adapter that does not fit is refused here.
      if (isNew({ ...usual, adapters: draft.adapters }, { ...usual, adapters: kept.adapters }))
        await engine.getState().adapt(modelId, draft.adapters);
      const { [modelId]: _, ...others } = all ?? {};
      await settings.getState().set({ load: isNew(draft, usual) ? { ...others, [modelId]: draft } : others });
      onClose();
      return true;
    } catch (error) {
      setProblem(toFailure(error).message);
      return false;
    }
  };
  const saveAndLoad = async () => {
    if ((await save()) && !(loaded && onlyAdapters)) void chooseModel(stores, modelId).catch(fail);
  };

  return (
    <Dialog
      title={`Load settings of ${name}`}
      wide
      onClose={onClose}
      actions={
        <>
          <Button look="quiet" disabled={!isNew(draft, usual)} onClick={() => setDraft(usual)}>
            Reset
          </Button>
          <span className="header-space" />
          <Button onClick={onClose}>Cancel</Button>
          <Button disabled={!isNew(draft, kept)} onClick={() => void save()}>
            Save
          </Button>
          <Button look="primary" onClick={() => void saveAndLoad()}>
            {loaded && !isNew(draft, kept) ? 'Load again' : 'Save and load'}
          </Button>
        </>
      }
    >
      <EstimateBar estimate={estimate} />
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
      {choices && (
        <>
          <LoadFields choices={choices} draft={draft} onChange={change} />
          <AdapterFields
            choices={choices.adapters}
            value={draft.adapters}
            onChange={(adapters) => change({ adapters })}
          />
          <SamplingTable sampling={choices.sampling} />
        </>
      )}
    </Dialog>
  );
}
