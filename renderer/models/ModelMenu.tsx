import { Ellipsis, FolderOpen, Pencil, ShieldCheck, Trash2, Unlink } from 'lucide-react';
import { useRef } from 'react';
import type { Model } from '../../electron/contract/library.ts';
import { type Stores, useStore, useStores } from '../app/stores.tsx';
import { ButtonMenu, type MenuEntry } from '../ui/Menu.tsx';
import { showModel } from './showModel.ts';
import { verifyModel } from './verifyModel.ts';

/** Everything that can be done with a model beside using it. `more` are entries of other parts, shown first. */
export function ModelMenu({
  model,
  more = [],
}: {
  readonly model: Model;
  readonly more?: readonly MenuEntry[];
}) {
  const stores = useStores();
  const verifying = useStore('library', (state) => state.verifying.has(model.id));
  const trigger = useRef<HTMLButtonElement>(null);
  const next = useRef<(() => void) | null>(null);
  // The focus goes back to the button first: a dialog that opens then gives it back to where it finds it.
  const afterClose = () => {
    const run = next.current;
    next.current = null;
    if (!run) return false;
    trigger.current?.focus();
    run();
    return true;
  };
  const entries = [...more, ...entriesOf(stores, model, verifying)].map((entry) => ({
    ...entry,
    onSelect: () => {
      next.current = entry.onSelect;
    },
  }));
  return (
    <ButtonMenu entries={entries} keepFocus={afterClose}>
      <button
        ref={trigger}
        type="button"
        className="icon-button icon-button-small"
        aria-label={`Options for ${model.name}`}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
    </ButtonMenu>
  );
}

function entriesOf(stores: Stores, model: Model, verifying: boolean): readonly MenuEntry[] {
  const { ui, library } = stores;
  const { id } = model;
  const entries: (MenuEntry | false)[] = [
    { label: 'Rename…', icon: Pencil, onSelect: () => ui.getState().show({ kind: 'renameModel', id }) },
    {
      label: verifying ? 'Stop verifying' : 'Verify now',
      icon: ShieldCheck,
      onSelect: () => {
        if (verifying) library.getState().stopVerifying(id);
        else void verifyModel(stores, model);
      },
    },
    { label: 'Show in folder', icon: FolderOpen, onSelect: () => void showModel(stores, model.path) },
    model.source !== 'builtin' && {
      label: model.owned ? 'Delete…' : 'Take off the list…',
      icon: model.owned ? Trash2 : Unlink,
      danger: model.owned,
      onSelect: () => ui.getState().show({ kind: 'deleteModel', id }),
    },
  ];
  return entries.filter((entry) => entry !== false);
}
