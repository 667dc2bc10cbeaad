import type { ListedPreset, Preset } from '../../electron/contract/presets.ts';
import { shorten } from '../app/actions.ts';
import type { Stores } from '../app/stores.tsx';
import { plural } from '../ui/format.ts';

/** A preset as it is saved: without where it came from. */
const bare = ({ origin: _, ...preset }: ListedPreset): Preset => preset;

const attempt = async (stores: Stores, task: () => Promise<unknown>): Promise<void> => {
  try {
    await task();
  } catch (error) {
    stores.fail(error);
  }
};

/** Deletes a preset; a toast offers to undo it. */
export const removePreset = (stores: Stores, preset: ListedPreset): Promise<void> =>
  attempt(stores, async () => {
    const { api, toasts } = stores;
    await api.presets.remove({ id: preset.id });
    // One that was never changed is to be that again.
    const restore = () =>
      preset.origin === 'starting' ? api.presets.reset({ id: preset.id }) : api.presets.save(bare(preset));
    toasts.getState().show(`Deleted “${shorten(preset.name)}”.`, {
      ms: 10_000,
      action: { label: 'Undo', run: () => void attempt(stores, restore) },
    });
  });

/** Makes another preset like this one. */
export const copyPreset = (stores: Stores, preset: ListedPreset): Promise<void> =>
  attempt(stores, async () => {
    const { id: _, ...rest } = bare(preset);
    const made = await stores.api.presets.save({ ...rest, name: `${rest.name.slice(0, 70)} (copy)` });
    stores.ui.getState().show({ kind: 'editPreset', preset: made });
  });

/** Makes a changed preset of the first ones what it was; a toast offers to undo it. */
export const resetPreset = (stores: Stores, preset: ListedPreset): Promise<void> =>
  attempt(stores, async () => {
    await stores.api.presets.reset({ id: preset.id });
    stores.toasts.getState().show(`“${shorten(preset.name)}” is what it was at first.`, {
      action: {
        label: 'Undo',
        run: () => void attempt(stores, () => stores.api.presets.save(bare(preset))),
      },
    });
  });

/** Brings back the first presets that were deleted. */
export const restoreStarting = (stores: Stores): Promise<void> =>
  attempt(stores, async () => {
    const { restored } = await stores.api.presets.restoreStarting(null);
    stores.toasts
      .getState()
      .show(restored === 0 ? 'They are all here.' : `${plural(restored, 'preset')} came back.`);
  });

/** Writes all presets into a file among the downloads. */
export const exportPresets = (stores: Stores): Promise<void> =>
  attempt(stores, async () => {
    const { path } = await stores.api.presets.export(null);
    stores.toasts.getState().show(`Saved as ${path}`, {
      ms: 10_000,
      action: { label: 'Show', run: () => void attempt(stores, () => stores.api.host.reveal({ path })) },
    });
  });
