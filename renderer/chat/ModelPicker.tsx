import { ChevronDown, FolderPlus, Settings2, SlidersHorizontal } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef, useState } from 'react';
import { chooseModel } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { ModelOption } from './ModelOption.tsx';
import './ModelPicker.css';
import { findModel, isChatModel } from '../stores/library.ts';
import { factsOf, switchingWords, useModelState } from './modelState.ts';
import { type ModelChoice, useModelChoice } from './useModelChoice.ts';

const nobody: Readonly<Record<ModelChoice['kind'], string>> = {
  model: '',
  none: 'No model',
  gone: 'The chosen model is gone',
  broken: 'The chosen model cannot be used',
  unknown: 'Reading models…',
};

/** Which model answers: shows its state, lists the others, and loads the one that is chosen. */
export function ModelPicker() {
  const stores = useStores();
  const [open, setOpen] = useState(false);
  const library = useStore('library', (state) => state.library);
  const { kind, model } = useModelChoice();
  const state = useModelState(model?.id ?? null);
  const coming = useStore('engine', ({ engine }) =>
    engine?.next?.state === 'loading' && engine.next.id !== model?.id ? engine.next : null,
  );
  const choose = (id: string) => {
    setOpen(false);
    void chooseModel(stores, id);
  };
  const trigger = useRef<HTMLButtonElement>(null);
  const next = useRef<(() => void) | null>(null);
  const leave = (run: () => void) => () => {
    next.current = run;
    setOpen(false);
  };
  const afterClose = (event: Event) => {
    if (!next.current) return;
    // The focus first: a dialog that opens now gives it back to where it finds it.
    event.preventDefault();
    trigger.current?.focus();
    next.current();
    next.current = null;
  };

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <button type="button" className="picker" ref={trigger}>
          <span className="dot" data-tone={state.tone} />
          <span className="hidden-text">Model: </span>
          <span className="picker-name truncate" title={model?.name}>
            {model?.name ?? nobody[kind]}
          </span>
          <span className="picker-facts">
            {state.tone === 'warn' ? state.words : coming ? switchingWords(coming) : model && factsOf(model)}
          </span>
          {coming && <span className="hidden-text"> to {findModel(library, coming.id)?.name}</span>}
          {model && state.tone !== 'warn' && <span className="hidden-text">, {state.words}</span>}
          <ChevronDown size={14} aria-hidden />
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu picker-menu"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Models"
          onCloseAutoFocus={afterClose}
        >
          <div className="picker-list">
            {library?.models.length === 0 && (
              <p className="picker-empty">No models yet. Add a GGUF file you have.</p>
            )}
            {library?.models
              .filter((each) => each.state !== 'ok' || isChatModel(each))
              .map((each) => (
                <ModelOption key={each.id} model={each} chosen={each.id === model?.id} onChoose={choose} />
              ))}
          </div>
          <div className="picker-foot">
            <button
              type="button"
              className="menu-item"
              onClick={leave(() => stores.ui.getState().show({ kind: 'addModel' }))}
            >
              <FolderPlus size={16} aria-hidden /> Add file or folder…
            </button>
            {model && (
              <button
                type="button"
                className="menu-item"
                onClick={leave(() => stores.ui.getState().show({ kind: 'loadSettings', modelId: model.id }))}
              >
                <SlidersHorizontal size={16} aria-hidden /> Load settings…
              </button>
            )}
            <button
              type="button"
              className="menu-item"
              onClick={leave(() => stores.route.getState().go({ screen: 'models' }))}
            >
              <Settings2 size={16} aria-hidden /> Open models
            </button>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
