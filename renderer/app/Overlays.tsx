import { lazy, Suspense, useEffect } from 'react';
import { ExportDialog } from '../archive/ExportDialog.tsx';
import { ImportDialog } from '../archive/ImportDialog.tsx';
import { TagsDialog } from '../chat/TagsDialog.tsx';
import { AddModel } from '../models/AddModel.tsx';
import { DeleteModel } from '../models/DeleteModel.tsx';
import { ModelPlace } from '../models/ModelPlace.tsx';
import { OtherApps } from '../models/OtherApps.tsx';
import { RenameModel } from '../models/RenameModel.tsx';
import { KeepKeys } from './KeepKeys.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { ShortcutsDialog } from './ShortcutsDialog.tsx';
import { useStore, useStores } from './stores.tsx';

const loadPalette = () => import('./Palette.tsx');
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));
const CompareSetup = lazy(async () => ({
  default: (await import('../compare/CompareSetup.tsx')).CompareSetup,
}));
const PresetForm = lazy(async () => ({ default: (await import('../presets/PresetForm.tsx')).PresetForm }));
const PresetEditor = lazy(async () => ({
  default: (await import('../presets/PresetEditor.tsx')).PresetEditor,
}));
const ImportPresets = lazy(async () => ({
  default: (await import('../presets/ImportPresets.tsx')).ImportPresets,
}));
const LoadSettings = lazy(async () => ({
  default: (await import('../models/LoadSettings.tsx')).LoadSettings,
}));

/** What lies over the window: the palette, a dialog, or nothing. */
export function Overlays() {
  const { ui } = useStores();
  const overlay = useStore('ui', (state) => state.overlay);
  const close = () => ui.getState().show(null);
  // It is to be there at the first Ctrl+K.
  useEffect(() => {
    const idle = requestIdleCallback(() => void loadPalette(), { timeout: 3000 });
    return () => cancelIdleCallback(idle);
  }, []);
  switch (overlay?.kind) {
    case undefined:
      return null;
    case 'palette':
      return (
        <Suspense fallback={<KeepKeys />}>
          <Palette only={overlay.notes ? 'notes' : null} query={overlay.query ?? ''} onClose={close} />
        </Suspense>
      );
    case 'export':
      return <ExportDialog wish={overlay.wish} onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    case 'tags':
      return <TagsDialog id={overlay.id} onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
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
    case 'compare':
      return (
        <Suspense fallback={null}>
          <CompareSetup
            chat={overlay.chat}
            messageId={overlay.messageId}
            text={overlay.text}
            onClose={close}
          />
        </Suspense>
      );
    case 'presetForm':
      return (
        <Suspense fallback={null}>
          <PresetForm preset={overlay.preset} chat={overlay.chat} onClose={close} />
        </Suspense>
      );
    case 'editPreset':
      return (
        <Suspense fallback={null}>
          <PresetEditor {...overlay} onClose={close} />
        </Suspense>
      );
    case 'importPresets':
      return (
        <Suspense fallback={null}>
          <ImportPresets onClose={close} />
        </Suspense>
      );
    case 'link':
      return <LinkDialog url={overlay.url} onClose={close} />;
  }
}
