import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

/**
 * The menu: the system's own entries plus ours. The page owns the shortcuts, in both hosts alike; an entry of ours only
 * presses its keys.
 */
export function installMenu(options: { readonly mac: boolean; readonly development: boolean }): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(options)));
}

function menuTemplate({
  mac,
  development,
}: {
  mac: boolean;
  development: boolean;
}): MenuItemConstructorOptions[] {
  const settings = pageItem('Settings…', ',');
  const separator = { type: 'separator' } as const;
  const appMenu: MenuItemConstructorOptions = {
    role: 'appMenu',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const fileMenu: MenuItemConstructorOptions = {
    role: 'fileMenu',
    submenu: [
      pageItem('New Chat', 'N'),
      pageItem('Find', 'F'),
      separator,
      ...(mac ? [{ role: 'close' } as const] : [settings, separator, { role: 'quit' } as const]),
    ],
  };
  const viewMenu: MenuItemConstructorOptions = {
    role: 'viewMenu',
    submenu: [
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      separator,
      { role: 'togglefullscreen' },
      ...(development ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  return [...(mac ? [appMenu] : []), fileMenu, { role: 'editMenu' }, viewMenu, { role: 'windowMenu' }];
}

function pageItem(label: string, key: string): MenuItemConstructorOptions {
  return {
    label,
    accelerator: `CmdOrCtrl+${key}`,
    // Shown only: the page hears the keys by itself.
    registerAccelerator: false,
    click(_item, window) {
      if (!(window instanceof BrowserWindow)) return;
      const modifiers: ('meta' | 'control')[] = [process.platform === 'darwin' ? 'meta' : 'control'];
      window.webContents.sendInputEvent({ type: 'keyDown', keyCode: key, modifiers });
      window.webContents.sendInputEvent({ type: 'keyUp', keyCode: key, modifiers });
    },
  };
}
