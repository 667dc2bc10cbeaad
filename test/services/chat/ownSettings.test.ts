import { expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { collect } from '../../client.ts';
import { openServices, uncancelled } from '../openServices.ts';

const textOf = (events: readonly ChatEvent[]) =>
  events.map((event) => (event.type === 'text' ? event.text : '')).join('');

/** A chat to say things in. */
async function openChat() {
  const { service, modelId, conversationId } = await openServices();
  const stored = async () => {
    const page = { id: conversationId, before: null, limit: 100 };
    return (await service.conversations.messages(page, uncancelled)).messages;
  };
  type Wish = Omit<Parameters<typeof service.chat.send>[0], 'conversationId' | 'text'>;
  const send = (text: string, wish: Wish = { modelId }) =>
    collect(service.chat.send({ conversationId, text, ...wish }, uncancelled));
  return { service, modelId, conversationId, stored, send };
}

it('a chat follows its own settings: its instructions and its model', async () => {
  const { service, conversationId, modelId, stored, send } = await openChat();
  const patch = { modelId, instructions: 'In {{tongue}}.', variables: { tongue: 'Welsh' } };
  await service.conversations.setSettings({ id: conversationId, patch }, uncancelled);
  expect(JSON.parse(textOf(await send('echo', {})))).toEqual([
    { role: 'system', text: 'In Welsh.' },
    { role: 'user', text: 'echo' },
  ]);
  const [, answer] = await stored();
  expect(answer).toMatchObject({ model: { id: modelId }, format: null });
});

it('an answer that had to be JSON is judged, and its form is told to the model', async () => {
  const { modelId, stored, send } = await openChat();
  const schema = '{"properties":{"n":{"type":"integer"}},"required":["n"]}';
  const ask = (text: string) => send(text, { modelId, format: { kind: 'json', schema } });
  const verdicts: unknown[] = [];
  for (const text of ['say {"n":3}', 'say {"n":"x"}', 'say {"n":', 'say {"n": 3}\nfail internal']) {
    const end = (await ask(text)).at(-1);
    verdicts.push(end?.type === 'finished' && end.format?.verdict);
  }
  expect(verdicts).toEqual(['valid', 'invalid', 'invalid', 'unfinished']);
  const kept = (await stored()).filter(({ role }) => role === 'assistant');
  expect(kept.map(({ format }) => format?.verdict)).toEqual(verdicts);
  const [system] = JSON.parse(textOf(await ask('echo')));
  expect(system).toEqual({ role: 'system', text: 'Answer with JSON only, in this form: {"n": integer}' });
});

it('a format that cannot be enforced is refused before anything is saved', async () => {
  const { service, conversationId, stored, send } = await openChat();
  const patch = { format: { kind: 'json', schema: '{"type":"string","pattern":"x"}' } } as const;
  await service.conversations.setSettings({ id: conversationId, patch }, uncancelled);
  await expect(send('say x')).rejects.toMatchObject({
    code: 'bad_input',
    message: expect.stringContaining('“pattern” cannot be enforced'),
  });
  expect(await stored()).toEqual([]);
});

it('an answer that has to be JSON does not go on in its middle', async () => {
  const { service, conversationId, modelId, stored, send } = await openChat();
  await send('say {\nfail internal', { modelId, format: { kind: 'json', schema: '{}' } });
  const messageId = (await stored()).at(-1)?.id ?? '';
  await expect(
    collect(service.chat.continue({ conversationId, messageId }, uncancelled)),
  ).rejects.toMatchObject({ code: 'unsupported' });
  expect((await stored()).at(-1)).toMatchObject({ text: '{ ', format: { verdict: 'unfinished' } });
});
