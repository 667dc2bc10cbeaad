import { beforeEach, describe, expect, it, vi } from 'vitest';
import { app } from '../../fakes/electron/app.ts';
import { BrowserWindow } from '../../fakes/electron/browserWindow.ts';
import { askedFor } from '../../fakes/electron/record.ts';
import { resetElectron } from '../../fakes/electron/reset.ts';

vi.mock('electron', () => import('../../fakes/electron/index.ts'));

interface Item {
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly registerAccelerator?: boolean;
  readonly submenu?: readonly Item[];
  readonly click?: (item: unknown, window: unknown) => void;
}

const install = async (options: { mac: boolean; development: boolean }) => {
  const { installMenu } = await import('../../../electron/hosts/desktop/menu.ts');
  installMenu(options);
  return askedFor('Menu.setApplicationMenu').at(-1)?.[0] as readonly Item[];
};
const all = (menu: readonly Item[]): readonly Item[] =>
  menu.flatMap((item) => [item, ...all(item.submenu ?? [])]);
const roles = (menu: readonly Item[]) => all(menu).map(({ role }) => role);

beforeEach(resetElectron);

describe('the menu', () => {
  it('has the entries each system expects', async () => {
    const mac = await install({ mac: true, development: false });
    expect(mac.map(({ role }) => role)).toEqual([
      'appMenu',
      'fileMenu',
      'editMenu',
      'viewMenu',
      'windowMenu',
    ]);
    const other = await install({ mac: false, development: false });
    expect(other.map(({ role }) => role)).toEqual(['fileMenu', 'editMenu', 'viewMenu', 'windowMenu']);
    for (const menu of [mac, other]) {
      expect(roles(menu).filter((role) => role === 'quit')).toHaveLength(1);
      expect(all(menu).filter(({ label }) => label === 'Settings…')).toHaveLength(1);
    }
  });

  it('offers reload and developer tools only in development', async () => {
    const released = roles(await install({ mac: false, development: false }));
    const developed = roles(await install({ mac: false, development: true }));
    for (const role of ['reload', 'toggleDevTools']) {
      expect(released).not.toContain(role);
      expect(developed).toContain(role);
    }
  });

  it('presses the keys of the page, which owns the shortcuts', async () => {
    app.becomeReady();
    const window = new BrowserWindow({});
    const items = all(await install({ mac: false, development: false }));
    const keys = { 'New Chat': 'N', Find: 'F', 'Settings…': ',' };
    for (const [label, key] of Object.entries(keys)) {
      const item = items.find((entry) => entry.label === label);
      expect(item).toMatchObject({ accelerator: `CmdOrCtrl+${key}`, registerAccelerator: false });
      item?.click?.(item, window);
    }
    const modifiers = [process.platform === 'darwin' ? 'meta' : 'control'];
    expect(askedFor('contents.sendInputEvent').map(([event]) => event)).toEqual(
      Object.values(keys).flatMap((keyCode) => [
        { type: 'keyDown', keyCode, modifiers },
        { type: 'keyUp', keyCode, modifiers },
      ]),
    );
    expect(() => items.find(({ label }) => label === 'Find')?.click?.({}, undefined)).not.toThrow();
  });
});
