import { Boxes, RotateCw, Unlink } from 'lucide-react';
import type { LibrarySnapshot } from '../../electron/contract/library.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { appNames } from './checkWords.ts';
import { ModelCard } from './ModelCard.tsx';

/** The models on this computer, and the places where Inkling looks for them. */
export function InstalledList() {
  const { library, fail, ui } = useStores();
  const snapshot = useStore('library', (state) => state.library);
  if (!snapshot) return <p className="page-column muted">Reading the models…</p>;
  return (
    <div className="page-column">
      {snapshot.models.length === 0 && (
        <div className="card empty-card">
          <h2>No models yet</h2>
          <p>
            A model is a file that ends in <code>.gguf</code>. Add one you have, or the folder that holds
            several.
          </p>
          <Button look="primary" onClick={() => ui.getState().show({ kind: 'addModel' })}>
            Add file or folder…
          </Button>
          <LookInOtherApps />
        </div>
      )}
      <ul className="cards" aria-label="Installed models">
        {snapshot.models.map((model) => (
          <ModelCard key={model.id} model={model} />
        ))}
      </ul>
      <div className="places-head">
        <h2>Where Inkling looks</h2>
        <IconButton
          small
          icon={RotateCw}
          label="Look again"
          disabled={snapshot.scanning}
          onClick={() => library.getState().rescan().catch(fail)}
        />
        {snapshot.scanning && <span className="muted">Looking…</span>}
        <div className="header-space" />
        <LookInOtherApps />
      </div>
      <ul className="places" aria-label="Places">
        {snapshot.sources.map((source) => (
          <li key={source.path}>
            <span className="place-words">
              <span className="truncate place-path" title={source.path}>
                {source.app ? placeName(source) : source.path}
              </span>
              {source.problem && <span className="place-problem">{source.problem}</span>}
            </span>
            {source.role === 'added' ? (
              <Button
                small
                look="quiet"
                icon={Unlink}
                aria-label={`Forget ${source.app ? placeName(source) : source.path}`}
                onClick={() => library.getState().remove(source.path).catch(fail)}
              >
                Forget
              </Button>
            ) : (
              <span className="muted">
                {source.role === 'own' ? 'Your models folder' : 'Came with Inkling'}
              </span>
            )}
          </li>
        ))}
      </ul>
      <p className="muted small">
        Put GGUF files into your models folder, or add any file or folder: models are used where they lie.
        Forgetting a place deletes nothing on the disk.
      </p>
    </div>
  );
}

function LookInOtherApps() {
  const { ui } = useStores();
  return (
    <Button small icon={Boxes} onClick={() => ui.getState().show({ kind: 'otherApps' })}>
      Look for models of other apps…
    </Button>
  );
}

type Place = LibrarySnapshot['sources'][number];

/** What people call a model of another app; its path may be a row of digits. */
const placeName = ({ app, name, path }: Place): string =>
  [name ?? path.split(/[\\/]/).at(-1), app && appNames[app]].filter(Boolean).join(' · ');
