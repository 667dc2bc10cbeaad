import { EventEmitter } from 'node:events';
import { note } from './record.ts';

/** What the person will do with the next dialog; tests set it. */
export const person = {
  button: 0,
  picks: [] as string[],
  /** Whether the system finds a program for a link. */
  hasBrowser: true,
  hasBin: true,
};

export const dialog = {
  showErrorBox: (title: string, content: string) => note('dialog.showErrorBox', title, content),
  showMessageBoxSync(...args: unknown[]) {
    note('dialog.showMessageBoxSync', args.at(-1));
    return person.button;
  },
  async showMessageBox(...args: unknown[]) {
    note('dialog.showMessageBox', args.at(-1));
    return { response: person.button };
  },
  async showOpenDialog(...args: unknown[]) {
    note('dialog.showOpenDialog', args.at(-1));
    return { canceled: person.picks.length === 0, filePaths: person.picks };
  },
};

export const shell = {
  async openExternal(url: string) {
    note('shell.openExternal', url);
    if (!person.hasBrowser) throw new Error('no application is registered');
  },
  async trashItem(path: string) {
    note('shell.trashItem', path);
    if (!person.hasBin) throw new Error('no bin');
  },
  showItemInFolder: (path: string) => note('shell.showItemInFolder', path),
};

class FakeTheme extends EventEmitter {
  themeSource = 'system';
  systemIsDark = false;
  get shouldUseDarkColors() {
    return this.themeSource === 'system' ? this.systemIsDark : this.themeSource === 'dark';
  }
}
export const nativeTheme = new FakeTheme();

const display = { id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } };
export const screen = {
  displays: [display],
  getPrimaryDisplay: () => display,
  getAllDisplays: () => screen.displays,
};

export const Menu = {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => note('Menu.setApplicationMenu', menu),
};

/** Puts the person, the theme and the screens back to the start. */
export function resetDesktop(): void {
  Object.assign(person, { button: 0, picks: [], hasBrowser: true, hasBin: true });
  nativeTheme.removeAllListeners();
  Object.assign(nativeTheme, { themeSource: 'system', systemIsDark: false });
  screen.displays = [display];
}
