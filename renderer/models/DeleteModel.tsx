import { useState } from 'react';
import type { LibrarySnapshot, Model } from '../../electron/contract/library.ts';
import { type Stores, useStore, useStores } from '../app/stores.tsx';
import { errorText } from '../stores/errorText.ts';
import { findModel } from '../stores/library.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { formatSize, plural } from '../ui/format.ts';
import { isInUse } from './isInUse.ts';

/** Asks before a model is deleted, or taken off the list where the app may not delete it; says what that means. */
export function DeleteModel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const stores = useStores();
  const model = useStore('library', (state) => findModel(state.library, id));
  const library = useStore('library', (state) => state.library);
  const loaded = useStore('engine', ({ engine }) => isInUse(engine, id));
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  if (!model) return null;
  const plan = planFor(model, library, loaded);
  const run = async () => {
    setBusy(true);
    try {
      if (loaded) await stores.engine.getState().unload();
      await carryOut(stores, model, plan);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={plan.title}
      text={plan.text}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" disabled={busy} onClick={() => void run()}>
            {plan.button}
          </Button>
        </>
      }
    >
      <p className="link-address" dir="ltr">
        {plan.place}
      </p>
      {problem && (
        <p className="field-problem" role="alert">
          {problem}
        </p>
      )}
    </Dialog>
  );
}

interface Plan {
  readonly kind: 'delete' | 'forget';
  readonly title: string;
  readonly text: string;
  readonly button: string;
  /** The file, or the folder that is forgotten. */
  readonly place: string;
}

function planFor(model: Model, library: LibrarySnapshot | null, loaded: boolean): Plan {
  const unload = loaded ? ' It is loaded now, so it is unloaded first.' : '';
  if (model.owned) {
    const files = model.parts > 1 ? `all ${plural(model.parts, 'part')}` : 'the file';
    return {
      kind: 'delete',
      title: `Delete ${model.name}?`,
      text: `This deletes ${files} and frees ${formatSize(model.size)}. It cannot be undone; chats with this model stay.${unload}`,
      button: loaded ? `Unload and delete ${formatSize(model.size)}` : `Delete ${formatSize(model.size)}`,
      place: model.path,
    };
  }
  const folder = model.source === 'folder' ? folderOf(model, library) : null;
  return folder === null
    ? {
        kind: 'forget',
        title: `Take ${model.name} off the list?`,
        text: `It lies outside your models folder, so Inkling deletes nothing: the file stays where it is, and no space is freed.${unload}`,
        button: 'Take off the list',
        place: model.path,
      }
    : {
        kind: 'forget',
        title: 'Forget this folder?',
        text: `${model.name} lies in a folder that you added. Inkling deletes nothing there; forgetting the folder takes all of its models off the list.${unload}`,
        button: 'Forget the folder',
        place: folder,
      };
}

/** The added folder that a model was found in. */
function folderOf({ path }: Model, library: LibrarySnapshot | null): string | null {
  const folders = library?.sources.filter(({ role, kind }) => role === 'added' && kind === 'folder') ?? [];
  const inside = folders.filter(
    (folder) => /^[\\/]/.test(path.slice(folder.path.length)) && path.startsWith(folder.path),
  );
  return inside.sort((a, b) => b.path.length - a.path.length)[0]?.path ?? null;
}

async function carryOut(stores: Stores, model: Model, plan: Plan): Promise<void> {
  const { library, settings, toasts } = stores;
  if (plan.kind === 'forget') {
    await library.getState().remove(plan.place);
    toasts.getState().show('Taken off the list. Nothing was deleted.');
  } else {
    const freed = await library.getState().delete(model.id);
    toasts.getState().show(`Deleted. ${formatSize(freed)} are free again.`);
  }
  const chosen = settings.getState().settings?.modelId;
  const gone = findModel(library.getState().library, model.id) === null;
  if (chosen === model.id && gone) await settings.getState().set({ modelId: null });
}
