import { type BrowserWindow, dialog } from 'electron';
import { pageUrl } from './address.ts';

/** A window that fell twice within this time (ms) does not get up by itself again. */
const again = 60_000;

/** Brings back a window whose process fell or hangs: once by itself, then by asking. Nothing that was saved is in it. */
export function recoverWindow(window: BrowserWindow, quit: () => void): void {
  let fellAt = Number.NEGATIVE_INFINITY;
  let asking = false;

  const reload = () => void window.loadURL(pageUrl);
  const ask = async (message: string, buttons: readonly string[]) => {
    if (asking) return -1;
    asking = true;
    const detail = 'Your chats are safe: everything is saved outside the window.';
    const question = { type: 'warning' as const, message, detail, buttons: [...buttons], noLink: true };
    const { response } = await dialog.showMessageBox(window, question);
    asking = false;
    return window.isDestroyed() ? -1 : response;
  };

  window.webContents.on('render-process-gone', async (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const now = performance.now();
    const tooSoon = now - fellAt < again;
    fellAt = now;
    if (!tooSoon) return reload();
    const answer = await ask('The window stopped working twice.', ['Open It Again', 'Quit']);
    if (answer === 0) reload();
    if (answer === 1) quit();
  });
  window.on('unresponsive', async () => {
    const answer = await ask('The window does not answer.', ['Wait', 'Load It Again']);
    if (answer !== 1) return;
    // A page that hangs cannot be told to load again: its process has to go first.
    window.webContents.forcefullyCrashRenderer();
    reload();
  });
}
