import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { openClient } from '../client.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { expect, test } from './app.ts';
import { picker, place, scripted, shot, toasts } from './page.ts';

test.use(scripted);

const installed = (page: Page) => page.getByRole('list', { name: 'Installed models' });
const card = (page: Page, name: string) => installed(page).getByRole('listitem').filter({ hasText: name });
const menu = (page: Page, name: string) =>
  card(page, name).getByRole('button', { name: `Options for ${name}` });
async function choose(page: Page, name: string, entry: string): Promise<void> {
  await menu(page, name).click();
  await page.getByRole('menuitem', { name: entry }).click();
}
const differ = (path: string) => {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 0xff, bytes.length - 9);
  writeFileSync(path, bytes);
};

test('a model is renamed by keyboard, everywhere, and gets its own name back', async ({ window, app }) => {
  await writeRandomModel(join(app.dataDir, 'models/one.gguf'), { name: 'First one', seed: 1 });
  await place(window, 'Models').click();
  await menu(window, 'First one').focus();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('menu')).toBeVisible();
  await shot(window, 'own-menu');
  await window.getByRole('menuitem', { name: 'Rename…' }).press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Rename this model' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await dialog.getByRole('textbox').fill('  Letter writer  ');
  await shot(window, 'own-rename');
  await window.keyboard.press('Enter');
  await expect(card(window, 'Letter writer')).toContainText('one.gguf');
  await expect(menu(window, 'Letter writer')).toBeFocused();
  await window.getByRole('button', { name: /^New chat/ }).click();
  await picker(window).click();
  await expect(window.getByRole('dialog', { name: 'Models' })).toContainText('Letter writer');
  await window.keyboard.press('Escape');
  await place(window, 'Models').click();
  await window.reload();
  await choose(window, 'Letter writer', 'Rename…');
  await dialog.getByRole('button', { name: 'Use the file’s name' }).click();
  await expect(card(window, 'First one')).toBeVisible();
});

test('a split model is deleted with all parts once it is unloaded, and the space is told', async ({
  window,
  app,
}) => {
  const folder = join(app.dataDir, 'models/org/repo');
  mkdirSync(folder, { recursive: true });
  for (const n of [1, 2])
    await writeRandomModel(join(folder, `big-0000${n}-of-00002.gguf`), { name: 'Big one', seed: n });
  await place(window, 'Models').click();
  await card(window, 'Big one').getByRole('button', { name: 'Load Big one' }).click();
  await expect(card(window, 'Big one').getByRole('button', { name: 'Unload' })).toBeVisible();
  const client = await openClient(app);
  let id = '';
  for await (const { models } of client.library.watch(null)) {
    id = models.find(({ name }) => name === 'Big one')?.id ?? '';
    break;
  }
  await expect(client.library.delete({ id })).rejects.toMatchObject({ code: 'busy' });
  client.close();

  await choose(window, 'Big one', 'Delete…');
  const dialog = window.getByRole('dialog', { name: 'Delete Big one?' });
  await expect(dialog).toContainText('all 2 parts');
  await expect(dialog).toContainText('4.1 MB');
  await expect(dialog).toContainText('unloaded first');
  await shot(window, 'own-delete');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await expect(menu(window, 'Big one')).toBeFocused();
  expect(readdirSync(folder)).toHaveLength(2);

  await choose(window, 'Big one', 'Delete…');
  await dialog.getByRole('button', { name: 'Unload and delete 4.1 MB' }).click();
  await expect(card(window, 'Big one')).toHaveCount(0);
  await expect(toasts(window)).toContainText('4.1 MB are free again');
  expect(existsSync(join(app.dataDir, 'models/org'))).toBe(false);
});

test('what came with the app is not deleted, and what lies elsewhere is only taken off the list', async ({
  window,
}) => {
  const folder = makeDir();
  await writeRandomModel(join(folder, 'outside.gguf'), { name: 'Outside', seed: 1 });
  await place(window, 'Models').click();
  await menu(window, 'Random words (test model)').click();
  await expect(window.getByRole('menuitem', { name: 'Rename…' })).toBeVisible();
  await expect(window.getByRole('menuitem', { name: /Delete|Take off/ })).toHaveCount(0);
  await window.keyboard.press('Escape');
  await window.getByRole('button', { name: 'Add file or folder…' }).first().click();
  await window.getByRole('textbox', { name: 'Path of a file or folder' }).fill(folder);
  await window.keyboard.press('Enter');
  await expect(toasts(window).getByRole('button', { name: 'Use it now' })).toBeVisible();
  await choose(window, 'Outside', 'Take off the list…');
  const dialog = window.getByRole('dialog', { name: 'Forget this folder?' });
  await expect(dialog).toContainText(folder);
  await dialog.getByRole('button', { name: 'Forget the folder' }).click();
  await expect(card(window, 'Outside')).toHaveCount(0);
  expect(existsSync(join(folder, 'outside.gguf'))).toBe(true);
  removeDir(folder);
});

test('verifying says what it compared with, can be cancelled, and notices a changed file', async ({
  window,
  app,
}) => {
  const path = join(app.dataDir, 'models/mine.gguf');
  await writeRandomModel(path, { name: 'My file', seed: 1 });
  const long = join(app.dataDir, 'models/long.gguf');
  await writeRandomModel(long, { name: 'Long file', seed: 2 });
  // Sparse: minutes to read, nothing on the disk.
  truncateSync(long, 40e9);
  await place(window, 'Models').click();
  await choose(window, 'Long file', 'Verify now');
  await expect(
    card(window, 'Long file').getByRole('progressbar', { name: 'Verifying Long file' }),
  ).toBeVisible();
  await shot(window, 'own-verifying');
  await card(window, 'Long file').getByRole('button', { name: 'Stop verifying Long file' }).click();
  await expect(card(window, 'Long file').getByRole('progressbar')).toHaveCount(0);

  await choose(window, 'My file', 'Verify now');
  await expect(card(window, 'My file')).toContainText('Nobody published a hash to compare with');
  await choose(window, 'My file', 'Verify now');
  await expect(card(window, 'My file')).toContainText('not one byte changed');
  await shot(window, 'own-verified');
  await window.reload();
  await expect(card(window, 'My file')).toContainText('not one byte changed');
  differ(path);
  await window.getByRole('button', { name: 'Look again' }).click();
  await expect(card(window, 'My file')).not.toContainText('not one byte changed');
  await choose(window, 'My file', 'Verify now');
  await expect(card(window, 'My file')).toContainText('It changed between two checks');
  await shot(window, 'own-changed');
});

test('links that lead nowhere are listed with the reason; without a file manager the path can be copied', async ({
  window,
  app,
}) => {
  symlinkSync(join(app.dataDir, 'nowhere.bin'), join(app.dataDir, 'models/broken.gguf'));
  await place(window, 'Models').click();
  await expect(card(window, 'broken')).toContainText('there is nothing there any more');
  await shot(window, 'own-broken');
  await choose(window, 'Random words (test model)', 'Show in folder');
  const dialog = window.getByRole('dialog', { name: 'The file lies here' });
  await expect(dialog).toContainText('inkling-tiny-random.gguf');
  await shot(window, 'own-place');
  await dialog.getByRole('button', { name: 'Copy path' }).click();
  await expect(dialog).toHaveCount(0);
  await choose(window, 'broken', 'Delete…');
  await window
    .getByRole('dialog')
    .getByRole('button', { name: /^Delete/ })
    .click();
  await expect(card(window, 'broken')).toHaveCount(0);
});

test('a file that is dropped on the page in a browser leads to where its path can be given', async ({
  window,
}) => {
  const drop = async (type: string) =>
    window.evaluate((kind) => {
      const data = new DataTransfer();
      data.items.add(new File(['GGUF'], 'dropped.gguf'));
      document.body.dispatchEvent(
        new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }),
      );
    }, type);
  await place(window, 'Models').click();
  await drop('dragenter');
  await expect(window.getByText('Drop GGUF files or a folder of them')).toBeVisible();
  await shot(window, 'own-drop');
  await drop('dragleave');
  await expect(window.getByText('Drop GGUF files or a folder of them')).toHaveCount(0);
  await drop('dragenter');
  await drop('drop');
  await expect(window.getByRole('dialog')).toContainText('A browser does not tell where a dropped file lies');
  await shot(window, 'own-dropped');
  await expect(window.getByText('Drop GGUF files or a folder of them')).toHaveCount(0);
});

test('files and folders that are dropped on a window which knows their paths are added where they lie', async ({
  app,
  page,
}) => {
  const folder = makeDir();
  await writeRandomModel(join(folder, 'one.gguf'), { name: 'Dropped one', seed: 1 });
  // The bridge of the desktop, over the socket of this host.
  await page.addInitScript(
    ({ address, token, dir }) => {
      const socket = new WebSocket(address, ['inkling', token]);
      const opened = new Promise((resolve) => socket.addEventListener('open', resolve));
      const bridge = {
        post: (frame: unknown) => void opened.then(() => socket.send(JSON.stringify(frame))),
        onFrame(receive: (frame: unknown) => void) {
          socket.addEventListener('message', ({ data }) => receive(JSON.parse(data)));
        },
        pathOf: ({ name }: File) => (name.includes('made up') ? '' : `${dir}/${name}`),
      };
      Object.assign(window, { inkling: bridge });
    },
    { address: `${app.url.replace('http', 'ws')}/rpc`, token: app.token, dir: folder },
  );
  await page.goto(app.address);
  const drop = (names: readonly string[]) =>
    page.evaluate((given) => {
      const dataTransfer = new DataTransfer();
      for (const name of given) dataTransfer.items.add(new File(['x'], name));
      const init = { bubbles: true, cancelable: true, dataTransfer };
      document.body.dispatchEvent(new DragEvent('dragenter', init));
      document.body.dispatchEvent(new DragEvent('drop', init));
    }, names);
  await place(page, 'Models').click();
  await drop(['one.gguf', 'missing.gguf']);
  await expect(card(page, 'Dropped one')).toBeVisible();
  await expect(toasts(page)).toContainText('“Dropped one” is in the list');
  await expect(toasts(page)).toContainText('There is nothing to read at');
  await expect(page.getByRole('list', { name: 'Places' })).toContainText(join(folder, 'one.gguf'));
  await shot(page, 'own-dropped-desktop');
  await drop(['made up.gguf']);
  await expect(page.getByRole('dialog')).toContainText('does not tell where a dropped file lies');
  removeDir(folder);
});
