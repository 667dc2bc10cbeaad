import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeRandomModel } from '../../models/randomModel.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { expectAccessible } from './accessible.ts';
import { chooseFolder, expect, index, indexed, test } from './notesFolder.ts';
import { lastAnswer, say } from './page.ts';

// The real engine; the models are of random weights, and one of them is slow.

const narrow = {
  type: 'F16',
  embedding: 64,
  layers: 1,
  heads: 4,
  kvHeads: 2,
  feedForward: 128,
  vocabulary: 0,
} as const;
const slow = {
  type: 'Q8_0',
  embedding: 384,
  layers: 24,
  heads: 12,
  kvHeads: 12,
  feedForward: 1536,
  vocabulary: 0,
} as const;

async function choose(page: Page, name: string): Promise<void> {
  await index(page)
    .getByRole('button', { name: /by words|words and meaning/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'How notes are found' });
  const field = dialog.getByRole('combobox', { name: 'Embedding model' });
  const value = await field.getByRole('option', { name }).getAttribute('value');
  await field.selectOption(value);
  await dialog.getByRole('button', { name: 'Use it' }).click();
  await expect(dialog).toHaveCount(0);
}

test('notes are read with another model while the one before answers, and a change of mind is answered at once', async ({
  startApp,
  page,
  folder,
}) => {
  test.slow();
  const dataDir = makeDir();
  try {
    mkdirSync(join(dataDir, 'models'));
    await writeRandomModel(join(dataDir, 'models/quick.gguf'), { shape: narrow, name: 'Quick reader' });
    await writeRandomModel(join(dataDir, 'models/slow.gguf'), { shape: slow, name: 'Slow reader' });
    for (const [path, words] of plantNotes({ notes: 50, questions: 1 }).notes)
      folder.write(`Planted/${path}`, words);
    const app = await startApp({ dataDir });
    await page.goto(app.address);
    await chooseFolder(page, folder.path);
    await choose(page, 'Quick reader');
    await expect(index(page)).toContainText('words and meaning');
    await indexed(page);

    await choose(page, 'Slow reader');
    const line = index(page);
    await expect(line).toContainText(/Learning anew\d+ of \d+.* · the old model answers/);
    await line.getByRole('button', { name: 'words and meaning' }).click();
    const dialog = page.getByRole('dialog', { name: 'How notes are found' });
    await expect(dialog.getByRole('status')).toHaveText(
      'Notes are being read with the new model; the old one answers until then.',
    );
    await expectAccessible(page, 'notes', 'model-change', { asIs: true });
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    await page.keyboard.press('Control+Shift+O');
    await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
    await say(page, 'What do we take for the bench?');
    const sources = lastAnswer(page).getByRole('region', { name: 'Sources' });
    await sources.getByText('Why this passage').first().click();
    await expect(sources).toContainText(/place \d+ by meaning/i, { timeout: 30_000 });

    await page.goBack();
    await choose(page, 'Quick reader');
    await indexed(page);
  } finally {
    removeDir(dataDir);
  }
});
