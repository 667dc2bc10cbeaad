import { type BrowserWindow, dialog } from 'electron';

/** Asks before a window closes on something that it could not save (a note on a full disk, say); without this Electron keeps it open in silence. */
export function askBeforeUnload(window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: 'warning',
      message: 'A note could not be saved yet.',
      detail: 'What you wrote in it is lost if the window closes now. The file holds what was saved before.',
      buttons: ['Stay', 'Close Anyway'],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    });
    // To prevent it here means to let the window go.
    if (answer === 1) event.preventDefault();
  });
}
