import { Ellipsis, FolderOpen, Pencil, ShieldCheck, Trash2, Unlink } from 'lucide-react';
import { useRef } from 'react';
import type { Model } from '../../electron/contract/library.ts';
import { type Stores, useStore, useStores } from '../app/stores.tsx';
import { ButtonMenu, type MenuEntry } from '../ui/Menu.tsx';
import { useAfterClose } from '../ui/useAfterClose.ts';
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
  const { later, onClosed } = useAfterClose(trigger);
  const entries = [...more, ...entriesOf(stores, model, verifying)].map((entry) => ({
    ...entry,
    onSelect: () => later(() => entry.onSelect?.()),
  }));
  return (
    <ButtonMenu entries={entries} keepFocus={onClosed}>
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
