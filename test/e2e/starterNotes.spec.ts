import { starterModels } from '../hosts/browser/startHost.ts';
import { chooseFolder, expect, test } from './notesFolder.ts';
import { ask, lastAnswer, lastText } from './page.ts';

test('the starter quotes the notes with the source, and says when they do not hold the answer', async ({
  startApp,
  page,
  folder,
}) => {
  folder.write(
    'Home/Shed.md',
    '# Shed\n\nThe code of the shed is K7-449.\n\nThe password of the router is blue-otter-17.\n',
  );
  folder.write('Shopping/Contact.md', '# Contact\n\nMarta Velden is the contact at Nordvolt.\n');
  const app = await startApp({ env: { INKLING_BUILTIN_MODELS: starterModels } });
  await page.goto(app.address);
  await chooseFolder(page, folder.path);
  await page.keyboard.press('Control+Shift+O');
  await page.getByRole('button', { name: 'Notes', exact: true, pressed: false }).click();
  await ask(page, 'What is the code of the shed?', 60_000);
  await expect(lastText(page)).toHaveText('The code of the shed is K7-449. 1');
  await expect(lastText(page).getByRole('button', { name: 'Source 1: Home/Shed' })).toBeVisible();
  await expect(lastAnswer(page).getByRole('region', { name: 'Sources' }).getByRole('note')).toHaveCount(0);
  await ask(page, 'What is the code of the garage?');
  await expect(lastText(page)).toHaveText('That is not in your notes.');
});
