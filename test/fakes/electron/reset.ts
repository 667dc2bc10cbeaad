import { app } from './app.ts';
import { BrowserWindow } from './browserWindow.ts';
import { resetDesktop } from './desktop.ts';
import { forget } from './record.ts';
import { resetSecrets } from './safeStorage.ts';
import { resetSession } from './session.ts';

/** Puts the stand-in back to the moment before the app starts. */
export function resetElectron(): void {
  app.removeAllListeners();
  for (const window of [...BrowserWindow.open]) window.close();
  app.reset();
  resetSession();
  resetDesktop();
  resetSecrets();
  forget();
}
