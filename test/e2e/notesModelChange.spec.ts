import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { openClient } from '../client.ts';
import { makeDir, type RunningHost, removeDir } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { expectAccessible } from './accessible.ts';
import { chooseFolder, expect, index, indexed, test } from './notesFolder.ts';
import { ask, lastAnswer, place, scripted } from './page.ts';

// With the real engine, and killed in the middle: test/services/notes/changeModel.test.ts.
test.use(scripted);

async function choose(page: Page, name: string): Promise<void> {
  await index(page)
    .getByRole('button', { name: /by words|words and meaning/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'How notes are found' });
  const field = dialog.getByRole('combobox', { name: 'Embedding model' });
  await field.selectOption(await field.getByRole('option', { name }).getAttribute('value'));
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await expect(dialog).toHaveCount(0);
}

/** Waits until every passage has its vector; a line that is up to date may not have begun. */
async function learned(app: RunningHost): Promise<void> {
  const api = await openClient(app);
  for await (const { index: state } of api.notes.watch(null))
    if (state.phase === 'ready' && (state.embedded ?? 0) > 0) break;
  api.close();
}

test('notes are read with another model while the old one answers, and a change of mind is answered at once', async ({
  startApp,
  page,
  folder,
}) => {
  const dataDir = makeDir();
  try {
    mkdirSync(join(dataDir, 'models'));
    await writeRandomModel(join(dataDir, 'models/quick.gguf'), { name: 'Quick reader' });
    await writeRandomModel(join(dataDir, 'models/slow-embed.gguf'), { name: 'Slow reader' });
    for (const [path, words] of plantNotes({ notes: 40, questions: 1 }).notes)
      folder.write(`Planted/${path}`, words);
    const app = await startApp({ dataDir });
    await page.goto(app.address);
    await chooseFolder(page, folder.path);
    await choose(page, 'Quick reader');
    await learned(app);

    await choose(page, 'Slow reader');
    await expect(index(page)).toContainText(/Learning anew\d+ of \d+.* · the old model answers/);
    await index(page).getByRole('button', { name: 'words and meaning' }).click();
    const dialog = page.getByRole('dialog', { name: 'How notes are found' });
    await expect(dialog.getByRole('status')).toHaveText(
      'Notes are being read with the new model; the old one answers until then.',
    );
    await expectAccessible(page, 'notes', 'model-change', { asIs: true });
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.keyboard.press('Control+Shift+O');
    await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
    await ask(page, 'say We take the 100 Ah LiFePO4. [1]');
    const sources = lastAnswer(page).getByRole('region', { name: 'Sources' });
    await sources.getByText('Why this passage').first().click();
    await expect(sources).toContainText(/place \d+ by meaning/i);

    await place(page, 'Notes').click();
    await choose(page, 'Quick reader');
    await indexed(page);
  } finally {
    removeDir(dataDir);
  }
});
