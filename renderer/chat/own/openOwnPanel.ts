import type { Stores } from '../../app/stores.tsx';

/** The element that takes the focus when the panel opens. */
export const ownPanelId = 'own-panel';
/** The button that opens the panel, and gets the focus back. */
export const ownButtonId = 'own-button';

/** Opens the settings of the shown chat beside it, in place of what was open there. */
export function openOwnPanel({ chatSettings, ledger, ui }: Stores): void {
  ledger.getState().show(false);
  ui.getState().read(null);
  chatSettings.getState().show(true);
}
