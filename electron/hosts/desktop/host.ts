import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { type BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import { openExternal } from './openExternal.ts';

/** The desktop around the app, by Electron's own dialogs. */
export function createHost(currentWindow: () => BrowserWindow | undefined): AppService['host'] {
  return {
    async pick({ kind, title }) {
      const options: OpenDialogOptions =
        kind === 'folder'
          ? { title, properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] }
          : {
              title,
              properties: ['openFile', 'dontAddToRecent'],
              filters: [
                { name: 'GGUF models', extensions: ['gguf'] },
                { name: 'All files', extensions: ['*'] },
              ],
            };
      const window = currentWindow();
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options));
      return { path: (canceled ? undefined : filePaths[0]) ?? null };
    },
    async reveal({ path }) {
      // Checked, because the file manager would say nothing.
      if (!isAbsolute(path) || !statSync(path, { throwIfNoEntry: false }))
        throw new InklingError('not_found', `There is nothing at ${path} any more.`);
      shell.showItemInFolder(path);
      return null;
    },
    async openLink({ url }) {
      await openExternal(url);
      return null;
    },
  };
}
