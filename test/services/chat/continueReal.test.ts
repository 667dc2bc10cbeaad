import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AnswerStats } from '../../../electron/contract/conversations.ts';
import { generateEvent } from '../../../electron/engine/contract.ts';
import { collect } from '../../client.ts';
import { openServices, uncancelled } from '../openServices.ts';
import { realEngine } from '../startServices.ts';

const starter = join(import.meta.dirname, '../../../models/starter/inkling-starter.gguf');
const story = 'The river was there and then it was not, and nobody knew the way back. '.repeat(3);

/** The app with the engine that ships and the starter; `read` holds the figures of each run of the engine. */
async function openReal() {
  const read: AnswerStats[] = [];
  const onEngineFrame = (frame: unknown) => {
    const event = generateEvent.safeParse((frame as { readonly data?: unknown }).data);
    if (event.data?.type === 'finished') read.push(event.data.stats);
  };
  const options = { engine: realEngine, model: starter, onEngineFrame };
  const { service, modelId, conversationId } = await openServices(options);
  // Names of chats are runs of the engine, too.
  await service.settings.set({ nameChats: false }, uncancelled);
  const wish = { modelId, sampling: { maxTokens: 4 } };
  const answers = async (id: string) =>
    (await service.conversations.messages({ id, before: null, limit: 9 }, uncancelled)).messages.filter(
      ({ role }) => role === 'assistant',
    );
  return {
    service,
    read,
    conversationId,
    answers,
    send: (id: string, text: string) =>
      collect(service.chat.send({ conversationId: id, text, ...wish }, uncancelled)),
    async goOn(id: string) {
      const messageId = (await answers(id)).at(-1)?.id ?? '';
      await collect(service.chat.continue({ conversationId: id, messageId, ...wish }, uncancelled));
    },
  };
}

it('a cut answer goes on without its chat being read again, also when another chat came between', async () => {
  const { service, read, conversationId, answers, send, goOn } = await openReal();
  await send(conversationId, `${story}What can you do?`);
  const [first] = await answers(conversationId);
  expect(first).toMatchObject({ endReason: 'max_tokens' });
  await goOn(conversationId);
  const other = await service.conversations.create({}, uncancelled);
  await send(other.id, `Something else. ${story}`);
  await goOn(conversationId);

  const [begun, goneOn, , again] = read;
  if (!begun || !goneOn || !again) throw new Error('the engine did not run');
  expect(begun.promptTokens).toBeGreaterThan(50);
  // White space at the end of the answer is written anew, and the last token is always read.
  expect(goneOn.promptTokens).toBeGreaterThan(begun.promptTokens);
  expect(goneOn.promptTokens - goneOn.cachedTokens).toBeLessThanOrEqual(2);
  expect(again.promptTokens).toBeGreaterThan(goneOn.promptTokens);
  expect(again.promptTokens - again.cachedTokens).toBeLessThanOrEqual(2);
  const [answer, ...others] = await answers(conversationId);
  expect(others).toEqual([]);
  expect(answer?.text.startsWith(first?.text ?? '-')).toBe(true);
  expect(answer?.stats?.generatedTokens).toBeGreaterThan(first?.stats?.generatedTokens ?? 99);
}, 120_000);
