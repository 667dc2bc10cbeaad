import { openClient } from '../client.ts';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './app.ts';
import { lastAnswer } from './page.ts';

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
