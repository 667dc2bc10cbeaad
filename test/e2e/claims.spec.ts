import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { writeLargeModel } from '../models/largeModel.ts';
import { expectAccessible } from './accessible.ts';
import { chooseFolder, expect, test } from './notesFolder.ts';
import { ask, lastAnswer, scripted } from './page.ts';

test.use(scripted);

test('a statement that words are not sure of is decided by the model once nobody needs it, and marked', async ({
  startApp,
  page,
  folder,
}) => {
  const models = makeDir();
  try {
    await writeLargeModel(`${models}/large.gguf`);
    const app = await startApp({ env: { INKLING_BUILTIN_MODELS: models } });
    await page.goto(app.address);
    await chooseFolder(page, folder.path);
    await page.keyboard.press('Control+Shift+O');
    await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
    await ask(page, 'say We take the 100 Ah LiFePO4 under the bench perhaps. [1]');
    const sources = lastAnswer(page).getByRole('region', { name: 'Sources' });
    await expect(sources.getByRole('note')).toHaveText(
      /Not borne out by your notes:.*“We take the 100 Ah LiFePO4 under the bench perhaps.” \(the model finds that its source does not say so\)/,
      { timeout: 20_000 },
    );
    await expectAccessible(page, 'notes', 'decided', { asIs: true });
    // It is kept with the answer.
    await page.reload();
    await expect(sources.getByRole('note')).toContainText('the model finds');
  } finally {
    removeDir(models);
  }
});
