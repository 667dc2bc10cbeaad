import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import {
  type BrowserWindow,
  dialog,
  type FileFilter,
  type OpenDialogOptions,
  type SaveDialogOptions,
  shell,
} from 'electron';
import { InklingError } from '../../contract/errors.ts';
import type { AppService } from '../../contract/index.ts';
import { openExternal } from './openExternal.ts';

const filters: Readonly<Record<'modelFile' | 'chatsFile', FileFilter>> = {
  modelFile: { name: 'GGUF models', extensions: ['gguf'] },
  chatsFile: { name: 'Chats', extensions: ['json', 'zip', 'jsonl'] },
};

/** The desktop around the app, by Electron's own dialogs. */
export function createHost(currentWindow: () => BrowserWindow | undefined): AppService['host'] {
  return {
    async pick({ kind, title, path }) {
      const window = currentWindow();
      if (kind === 'saveFile') {
        const options: SaveDialogOptions = {
          title,
          ...(path && { defaultPath: path }),
          properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
        };
        const { canceled, filePath } = await (window
          ? dialog.showSaveDialog(window, options)
          : dialog.showSaveDialog(options));
        return { path: canceled || !filePath ? null : filePath };
      }
      const options: OpenDialogOptions =
        kind === 'folder'
          ? { title, properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'] }
          : {
              title,
              properties: ['openFile', 'dontAddToRecent'],
              filters: [filters[kind], { name: 'All files', extensions: ['*'] }],
            };
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
