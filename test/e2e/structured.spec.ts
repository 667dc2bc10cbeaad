import { openClient } from '../client.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { ask, composer, lastAnswer, openOwnPanel, ownPanel, say, scripted, shot, toasts } from './page.ts';

const schema = JSON.stringify({
  type: 'object',
  properties: {
    title: { type: 'string', maxLength: 30 },
    steps: { type: 'array', items: { type: 'string', maxLength: 12 }, minItems: 2, maxItems: 3 },
    place: { type: 'object', properties: { known: { type: 'boolean' } }, required: ['known'] },
  },
  required: ['title', 'steps', 'place'],
});

test('even a model of random words gives JSON of the form, shown as a tree; cut short it is shown as unfinished', async ({
  app,
  window,
}) => {
  const client = await openClient(app);
  const format = { kind: 'json', schema } as const;
  const { id } = await client.conversations.create({ title: 'Facts', settings: { format } });
  for await (const _ of client.chat.send({ conversationId: id, text: 'Where is my data?' }));
  const [, answer] = (await client.conversations.messages({ id })).messages;
  expect(answer?.format?.verdict).toBe('valid');
  expect(Object.keys(JSON.parse(answer?.text ?? ''))).toEqual(['title', 'steps', 'place']);
  await window.goto(`${app.url}/#/chat/${id}`);
  const tree = lastAnswer(window).getByRole('region', { name: 'Structured answer' });
  await expect(tree).toContainText('title');
  await expect(tree).toContainText(/[23] items/);
  await expectAccessible(window, 'structured', 'tree');
  await window.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await tree.getByRole('button', { name: 'Copy CSV' }).click();
  await expect
    .poll(() => window.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^title,steps,place\r\n/);

  const short = { conversationId: id, text: 'Where is my data?', sampling: { maxTokens: 6 } };
  for await (const _ of client.chat.send(short));
  await expect(lastAnswer(window)).toContainText('This JSON is unfinished');
  await expect(lastAnswer(window).getByRole('region', { name: 'Structured answer' })).toBeHidden();
  client.close();
});

test.describe('with a scripted engine', () => {
  test.use(scripted);

  test('a schema is made from an example, and what cannot be enforced is told before sending', async ({
    window,
  }) => {
    await openOwnPanel(window);
    await ownPanel(window).getByRole('combobox', { name: 'Answers are' }).selectOption('json');
    const schema = ownPanel(window).getByRole('textbox', { name: 'JSON schema' });
    await schema.fill('{"type":"string","pattern":"^a"}');
    await expect(ownPanel(window)).toContainText('“pattern” cannot be enforced while an answer is written.');
    await expectAccessible(window, 'structured', 'schema problem');
    await schema.blur();
    await say(window, 'say "x"');
    await expect(toasts(window)).toContainText('so nothing was sent');
    await expect(composer(window)).toHaveValue('say "x"');
    await ownPanel(window).getByRole('button', { name: 'Leave these rules out' }).click();
    await expect(schema).not.toHaveValue(/pattern/);
    await ownPanel(window).getByRole('button', { name: 'Make it from an example…' }).click();
    await ownPanel(window)
      .getByRole('textbox', { name: /An example/ })
      .fill('[{"name":"Ann","age":31}]');
    await ownPanel(window).getByRole('button', { name: 'Make the schema' }).click();
    await expect(schema).toHaveValue(/"integer"/);
  });

  test('JSON is shown as a table, copied as CSV without formulas and as JSON, and told where it is none', async ({
    window,
    app,
  }) => {
    const client = await openClient(app);
    const schema = '{"items":{"properties":{"name":{"type":"string"},"age":{"type":"integer"}}}}';
    const format = { kind: 'json', schema } as const;
    const { id } = await client.conversations.create({ title: 'People', settings: { format } });
    client.close();
    await window.goto(`${app.url}/#/chat/${id}`);
    await ask(window, 'say [{"name":"Ann","age":31},{"name":"=1+1","age":2}]');
    const answer = lastAnswer(window);
    await expect(answer.getByRole('columnheader')).toHaveText(['name', 'age']);
    await expect(answer.getByRole('cell', { name: 'Ann' })).toBeVisible();
    await expectAccessible(window, 'structured', 'table');
    await window.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const clipboard = () => window.evaluate(() => navigator.clipboard.readText());
    await answer.getByRole('button', { name: 'Copy CSV' }).click();
    await expect(toasts(window)).toContainText('An apostrophe stands before 1 cell');
    await expect.poll(clipboard).toBe("name,age\r\nAnn,31\r\n'=1+1,2\r\n");
    await answer.getByRole('button', { name: 'Copy JSON' }).click();
    await expect.poll(async () => JSON.parse(await clipboard())).toHaveLength(2);
    await answer.getByRole('button', { name: 'Show JSON' }).click();
    await expect(answer.getByRole('group', { name: 'Code, json' })).toContainText('"Ann"');

    await ask(window, 'say [{"name":"Ann"');
    await expect(lastAnswer(window)).toContainText('This is not the JSON that was asked for.');
    await shot(window, 'structured-broken');
  });
});
