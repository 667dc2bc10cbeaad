import { useEffect, useState } from 'react';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import type { OtherModel, OtherModels } from '../../electron/contract/library.ts';
import { useStores } from '../app/stores.tsx';
import { errorText } from '../stores/errorText.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatSize, plural } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { appNames } from './checkWords.ts';
import { tellAdded } from './tellAdded.ts';
import './OtherApps.css';

/** Looks for models of other apps, and lets the person choose which of them Inkling uses where they lie. */
export function OtherApps({ onClose }: { readonly onClose: () => void }) {
  const stores = useStores();
  const { found, failure } = useLook();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const usable = found?.models.filter(isFree) ?? [];
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const use = async () => {
    setBusy(true);
    const { library } = stores;
    const before = library.getState().library?.models ?? [];
    try {
      await library.getState().adopt([...chosen]);
      tellAdded(stores, before);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      wide
      title="Models of other apps"
      text="Those you choose are used where they lie: nothing is copied, moved or deleted. If the other app deletes one, it leaves this list too."
      onClose={onClose}
      actions={
        <>
          {usable.length > 1 && (
            <Button
              look="quiet"
              onClick={() =>
                setChosen(new Set(chosen.size === usable.length ? [] : usable.map(({ id }) => id)))
              }
            >
              {chosen.size === usable.length ? 'Choose none' : 'Choose all'}
            </Button>
          )}
          <Button onClick={onClose}>Close</Button>
          <Button look="primary" disabled={chosen.size === 0 || busy} onClick={() => void use()}>
            {chosen.size > 0 ? `Use ${plural(chosen.size, 'model')}` : 'Use chosen models'}
          </Button>
        </>
      }
    >
      <Looking found={found} />
      {found && found.models.length > 0 && (
        <ul className="other-models" aria-label="Models of other apps">
          {found.models.map((model) => (
            <Row
              key={model.id}
              model={model}
              chosen={chosen.has(model.id)}
              onToggle={() => toggle(model.id)}
            />
          ))}
        </ul>
      )}
      {found && found.duplicates > 0 && (
        <p className="muted small">
          {plural(found.duplicates, 'copy', 'copies')} of models above {found.duplicates === 1 ? 'is' : 'are'}{' '}
          left out: the same, byte for byte.
        </p>
      )}
      {(problem || failure) && (
        <p className="field-problem" role="alert">
          {problem || failure?.message}
        </p>
      )}
    </Dialog>
  );
}

const isFree = ({ problem, known }: OtherModel) => problem === null && known === null;

/** Looks once, from the moment it is shown until it is left. */
function useLook(): { readonly found: OtherModels | null; readonly failure: Failure | null } {
  const { api } = useStores();
  const [found, setFound] = useState<OtherModels | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  useEffect(() => {
    const leave = new AbortController();
    const look = async () => {
      for await (const now of api.library.findOthers(null, { signal: leave.signal })) setFound(now);
    };
    look().catch((error: unknown) => {
      if (!leave.signal.aborted) setFailure(toFailure(error));
    });
    return () => leave.abort();
  }, [api]);
  return { found, failure };
}

function Looking({ found }: { readonly found: OtherModels | null }) {
  if (!found || found.state === 'looking') {
    return (
      <div role="status">
        <p className="muted">Looking where other apps keep their models…</p>
        <Progress label="Looking for models" fraction={null} />
      </div>
    );
  }
  if (found.state === 'comparing') {
    return (
      <div role="status">
        <p className="muted">
          {found.toCompare > 0
            ? 'Comparing files of the same size, to show each model once. You can choose meanwhile.'
            : 'Comparing…'}
        </p>
        <Progress
          label="Comparing models"
          fraction={found.toCompare > 0 ? found.compared / found.toCompare : null}
        />
      </div>
    );
  }
  if (found.models.length > 0) return null;
  return (
    <p role="status">
      Nothing was found. Inkling looked where {Object.values(appNames).slice(0, -1).join(', ')} and llama.cpp
      usually keep their models. If yours lie elsewhere, add the folder by its path.
    </p>
  );
}

function Row(props: { readonly model: OtherModel; readonly chosen: boolean; readonly onToggle: () => void }) {
  const { model } = props;
  const { name, app, size, parts, note, problem, known, path } = model;
  const facts = [appNames[app], formatSize(size), parts > 1 && plural(parts, 'part')];
  return (
    <li>
      <label className="other-model" title={path}>
        <input type="checkbox" checked={props.chosen} disabled={!isFree(model)} onChange={props.onToggle} />
        <span className="other-words">
          <span className="other-name">{name}</span>
          <span className="other-facts">{facts.filter(Boolean).join(' · ')}</span>
          {note && <span className="other-facts">{note}</span>}
          {problem && <span className="place-problem">{problem}</span>}
        </span>
        {known !== null && <span className="badge">In your list{known === name ? '' : `: ${known}`}</span>}
      </label>
    </li>
  );
}
