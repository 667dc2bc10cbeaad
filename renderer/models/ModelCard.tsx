import { Ellipsis, FolderOpen, Unlink } from 'lucide-react';
import type { Model } from '../../electron/contract/library.ts';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { factsOf, useModelState } from '../chat/modelState.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatParameters, plural } from '../ui/format.ts';
import { ButtonMenu, type MenuEntry } from '../ui/Menu.tsx';
import { Progress } from '../ui/Progress.tsx';

/** One model on this computer: what it is, its state, and the one button that fits. */
export function ModelCard({ model }: { readonly model: Model }) {
  const state = useModelState(model.id);
  const current = useStore('engine', ({ engine }) => engine?.model ?? null);
  const mine = current && current.state !== 'none' && current.id === model.id ? current : null;
  return (
    <li className="card model-card">
      <div className="card-line">
        <h2 className="truncate" title={model.name}>
          {model.name}
        </h2>
        <span className="card-facts truncate">{detailsOf(model)}</span>
        <Badge model={model} tone={state.tone} words={state.words} />
      </div>
      {model.state === 'invalid' && <p className="card-reason">{model.reason}</p>}
      {mine?.state === 'failed' && <p className="card-reason">{mine.error.message}</p>}
      {mine?.state === 'loading' && (
        <Progress
          label={`Loading ${model.name}`}
          fraction={mine.phase === 'measuring' ? null : mine.fraction}
        />
      )}
      <div className="card-line">
        <span className="card-file truncate" title={model.path}>
          {model.fileName}
          {model.parts > 1 && ` · ${plural(model.parts, 'part')}`}
        </span>
        <span className="card-facts">{factsOf(model)}</span>
        <Actions model={model} state={mine?.state ?? 'none'} />
      </div>
    </li>
  );
}

function Actions({
  model,
  state,
}: {
  readonly model: Model;
  readonly state: 'none' | 'loading' | 'ready' | 'failed';
}) {
  const stores = useStores();
  const { engine, fail, library, api } = stores;
  const asked = useStore('engine', (store) => store.asked === model.id);
  const blocked = useStore('engine', (store) => store.engine?.blocked.includes(model.id) === true);
  const entries: readonly MenuEntry[] = [
    {
      label: 'Show in the file manager',
      icon: FolderOpen,
      onSelect: () => void api.host.reveal({ path: model.path }).catch(fail),
    },
    ...(model.source === 'file'
      ? [
          {
            label: 'Forget this file',
            icon: Unlink,
            onSelect: () => void library.getState().remove(model.path).catch(fail),
          },
        ]
      : []),
  ];
  return (
    <span className="card-actions">
      {asked && state !== 'ready' ? (
        <Button small onClick={() => engine.getState().cancelLoad()}>
          Cancel
        </Button>
      ) : state === 'ready' ? (
        <Button small onClick={() => engine.getState().unload().catch(fail)}>
          Unload
        </Button>
      ) : (
        model.state === 'ok' && (
          <Button
            small
            disabled={state === 'loading'}
            aria-label={`Load ${model.name}`}
            onClick={() => void chooseModel(stores, model.id, blocked)}
          >
            {blocked ? 'Load anyway' : 'Load'}
          </Button>
        )
      )}
      <ButtonMenu entries={entries}>
        <button
          type="button"
          className="icon-button icon-button-small"
          aria-label={`Options for ${model.name}`}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      </ButtonMenu>
    </span>
  );
}

function Badge(props: { readonly model: Model; readonly tone: string; readonly words: string }) {
  const { model } = props;
  if (model.state === 'reading') return <span className="badge">Reading the file…</span>;
  if (model.state === 'invalid') {
    return (
      <span className="badge" data-tone="bad">
        Cannot be used
      </span>
    );
  }
  return (
    <span className="badge" data-tone={props.tone}>
      {props.words}
    </span>
  );
}

function detailsOf(model: Model): string {
  if (model.state !== 'ok') return '';
  const { parameters, contextLength, license, architecture, hasChatTemplate } = model.summary;
  return [
    parameters !== null && `${formatParameters(parameters)} parameters`,
    contextLength !== null && `${formatCount(contextLength)} tokens of context`,
    architecture,
    license,
    !hasChatTemplate && 'no chat template',
  ]
    .filter(Boolean)
    .join(' · ');
}
