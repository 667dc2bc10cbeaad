import { SlidersHorizontal } from 'lucide-react';
import type { Model } from '../../electron/contract/library.ts';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { factsOf, useModelState } from '../chat/modelState.ts';
import { stateOf } from '../stores/engine.ts';
import { isChatModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount, formatParameters, plural } from '../ui/format.ts';
import { Progress } from '../ui/Progress.tsx';
import { appNames } from './checkWords.ts';
import { LoadTrouble } from './LoadTrouble.tsx';
import { ModelCheckLine } from './ModelCheckLine.tsx';
import { ModelMenu } from './ModelMenu.tsx';
import { PickedLine } from './PickedLine.tsx';

/** One model on this computer: what it is, its state, and the one button that fits. */
export function ModelCard({ model }: { readonly model: Model }) {
  const state = useModelState(model.id);
  const mine = useStore('engine', ({ engine }) => stateOf(engine, model.id));
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
      <LoadTrouble modelId={model.id} />
      {mine?.state === 'loading' && mine.note && <p className="small">{mine.note}</p>}
      {mine?.state === 'loading' && (
        <Progress
          label={`Loading ${model.name}`}
          fraction={mine.phase === 'measuring' ? null : mine.fraction}
        />
      )}
      <ModelCheckLine model={model} />
      <PickedLine modelId={model.id} />
      <div className="card-line">
        <span className="card-file truncate" title={model.path}>
          {fileWords(model)}
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
  const { engine, fail, ui } = stores;
  const asked = useStore('engine', (store) => store.asked === model.id);
  const blocked = useStore('engine', (store) => store.engine?.blocked.includes(model.id) === true);
  const loadSettings = !isChatModel(model)
    ? []
    : [
        {
          label: 'Load settings…',
          icon: SlidersHorizontal,
          onSelect: () => ui.getState().show({ kind: 'loadSettings', modelId: model.id }),
        },
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
        isChatModel(model) && (
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
      <ModelMenu model={model} more={loadSettings} />
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
  if (model.summary.kind !== 'model')
    return <span className="badge">{model.summary.kind === 'adapter' ? 'Adapter' : 'Part of a model'}</span>;
  return (
    <span className="badge" data-tone={props.tone}>
      {props.words}
    </span>
  );
}

function fileWords({ app, fileName, parts }: Model): string {
  const words = [fileName, parts > 1 && plural(parts, 'part'), app && `kept by ${appNames[app]}`];
  // A blob of Ollama is named by its hash, which tells people nothing.
  if (app === 'ollama' && fileName.startsWith('sha256-')) return 'Kept by Ollama';
  return words.filter(Boolean).join(' · ');
}

function detailsOf(model: Model): string {
  if (model.state !== 'ok') return '';
  const { parameters, contextLength, license, architecture, hasChatTemplate, kind } = model.summary;
  if (kind === 'adapter') return `for ${architecture} models; attach it in their load settings`;
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
