import { lazy, Suspense } from 'react';
import { AddModel } from '../models/AddModel.tsx';
import { DeleteModel } from '../models/DeleteModel.tsx';
import { ModelPlace } from '../models/ModelPlace.tsx';
import { OtherApps } from '../models/OtherApps.tsx';
import { RenameModel } from '../models/RenameModel.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { useStore, useStores } from './stores.tsx';

const Palette = lazy(async () => ({ default: (await import('./Palette.tsx')).Palette }));
const LoadSettings = lazy(async () => ({
  default: (await import('../models/LoadSettings.tsx')).LoadSettings,
}));

/** What lies over the window: the palette, a dialog, or nothing. */
export function Overlays() {
  const { ui } = useStores();
  const overlay = useStore('ui', (state) => state.overlay);
  const close = () => ui.getState().show(null);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'palette':
      return (
        <Suspense fallback={null}>
          <Palette onClose={close} />
        </Suspense>
      );
    case 'addModel':
      return <AddModel onClose={close} {...(overlay.note ? { note: overlay.note } : {})} />;
    case 'otherApps':
      return <OtherApps onClose={close} />;
    case 'renameModel':
      return <RenameModel id={overlay.id} onClose={close} />;
    case 'deleteModel':
      return <DeleteModel id={overlay.id} onClose={close} />;
    case 'modelPlace':
      return <ModelPlace path={overlay.path} onClose={close} />;
    case 'loadSettings':
      return (
        <Suspense fallback={null}>
          <LoadSettings modelId={overlay.modelId} onClose={close} />
        </Suspense>
      );
    case 'link':
      return <LinkDialog url={overlay.url} onClose={close} />;
  }
}
