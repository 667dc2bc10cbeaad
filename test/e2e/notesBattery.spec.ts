import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { expectAccessible } from './accessible.ts';
import { chooseFolder, expect, index, indexed, test } from './notesFolder.ts';

const supplies = '/sys/class/power_supply';
/** The app with batteries of ours in place of the machine's, which only root can arrange. */
const withBattery = (folder: string) => [
  ...['unshare', '--mount', 'sh', '-c'],
  ...['mount --bind "$0" /sys/class/power_supply && exec "$@"', folder],
];

test('on battery the meaning of notes waits and says so; a person who does not want to wait goes on', async ({
  startApp,
  page,
  folder,
}) => {
  const canMount =
    process.getuid?.() === 0 &&
    existsSync(supplies) &&
    spawnSync('unshare', ['--mount', 'true']).status === 0;
  test.skip(!canMount, 'only root on Linux can put a battery into this machine');
  const dir = makeDir();
  try {
    mkdirSync(join(dir, 'power/BAT0'), { recursive: true });
    writeFileSync(join(dir, 'power/BAT0/type'), 'Battery\n');
    writeFileSync(join(dir, 'power/BAT0/status'), 'Discharging\n');
    mkdirSync(join(dir, 'data/models'), { recursive: true });
    await writeRandomModel(join(dir, 'data/models/reader.gguf'), { name: 'Reader' });
    for (const [path, words] of plantNotes({ notes: 20, questions: 1 }).notes) folder.write(path, words);
    const app = await startApp({ dataDir: join(dir, 'data'), wrap: withBattery(join(dir, 'power')) });
    await page.goto(app.address);
    await chooseFolder(page, folder.path);
    await indexed(page);
    await index(page).getByRole('button', { name: 'by words' }).click();
    const dialog = page.getByRole('dialog', { name: 'How notes are found' });
    const field = dialog.getByRole('combobox', { name: 'Embedding model' });
    await field.selectOption(await field.getByRole('option', { name: /^Reader/ }).getAttribute('value'));
    await dialog.getByRole('button', { name: 'Use it' }).click();

    await expect(index(page)).toContainText(/Waits for mains power0 of \d+ passages/);
    await expectAccessible(page, 'notes', 'battery', { asIs: true });
    await index(page).getByRole('button', { name: 'Go on anyway' }).click();
    await indexed(page);
    await expect(index(page).getByRole('button', { name: 'Go on anyway' })).toHaveCount(0);
  } finally {
    removeDir(dir);
  }
});
