import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Claim } from '../../../electron/contract/noteSources.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import type { Services } from '../../../electron/services/createServices.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect } from '../../client.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { writeLargeModel } from '../../models/largeModel.ts';
import { startServices } from '../startServices.ts';

const never = { signal: new AbortController().signal };
const children = createChildProcesses({ execArgv: () => [] });
let dir: string;
let services: Services;

beforeEach(async () => {
  dir = makeDir();
  for (const name of ['builtin', 'notes']) mkdirSync(join(dir, name));
  await writeRandomModel(join(dir, 'builtin/small.gguf'));
  await writeLargeModel(join(dir, 'builtin/large.gguf'));
  writeFileSync(
    join(dir, 'notes/Roof.md'),
    '# Roof\n\nMarta repaired the leaking roof of the cabin in April for 420 euros.\n',
  );
  services = startServices(dir, children.spawn);
  await services.service.library.rescan(null, never);
  await services.service.notes.addFolder({ path: join(dir, 'notes') }, never);
  for await (const { index } of services.service.notes.watch(null, never))
    if (index.phase === 'ready' && index.notes === 1) break;
});
afterEach(async () => {
  await services.close();
  children.killAll();
  removeDir(dir);
});

/** Words that stand in the note by half: no sure sign. */
const half = 'Someone fixed the leaking roof of our lodge early. [1]';

async function ask(answer: string, model = 'large.gguf') {
  const { models } = await services.service.library.rescan(null, never);
  const modelId = models.find(({ fileName }) => fileName === model)?.id ?? 'none';
  const { id } = await services.service.conversations.create({}, never);
  const notes = { folders: [], tags: [], notes: [] };
  await collect(
    services.service.chat.send({ conversationId: id, text: `say roof ${answer}`, modelId, notes }, never),
  );
  return id;
}
async function claimsOf(id: string): Promise<readonly Claim[]> {
  const { messages } = await services.service.conversations.messages({ id, before: null, limit: 9 }, never);
  return messages.at(-1)?.notes?.claims ?? [];
}
const decided = (id: string) =>
  vi.waitFor(
    async () => {
      const claims = await claimsOf(id);
      expect(claims.some(({ by }) => by === 'model')).toBe(true);
      return claims;
    },
    { timeout: 20_000, interval: 100 },
  );

it('a model decides on the statements that words are not sure of, and on no other', async () => {
  const told: string[] = [];
  const watching = new AbortController();
  void (async () => {
    for await (const { type } of services.service.conversations.watch(null, { signal: watching.signal }))
      told.push(type);
  })();
  const id = await ask(
    `${half} Marta repaired the leaking roof of the cabin. [1] The roof cost 999 euros. [1] Bees swarm. [1]`,
  );
  const before = await claimsOf(id);
  expect(before.map(({ support }) => support)).toEqual([
    'unsupported',
    'supported',
    'unsupported',
    'unsupported',
  ]);
  const after = await decided(id);
  expect(after.map(({ support, by }) => [support, by])).toEqual([
    ['supported', 'model'],
    ['supported', undefined],
    ['unsupported', undefined],
    ['unsupported', undefined],
  ]);
  await vi.waitFor(() => expect(told).toContain('judged'));
  watching.abort();
}, 60_000);

it('a statement that it finds unsupported is kept as that', async () => {
  const id = await ask('Marta perhaps repaired the leaking roof of some other house in April. [1]');
  expect((await claimsOf(id)).map(({ support }) => support)).toEqual(['supported']);
  expect((await decided(id)).map(({ support, by }) => [support, by])).toEqual([['unsupported', 'model']]);
}, 60_000);

it('a small model is asked nothing', async () => {
  const small = await ask(half, 'small.gguf');
  const large = await ask(half);
  await decided(large);
  expect((await claimsOf(small)).map(({ by }) => by)).toEqual([undefined]);
}, 60_000);

it('whoever asks something meanwhile ends the decision, and the words stay what they were', async () => {
  const first = await ask('Someone slowly fixed the leaking roof of our lodge. [1]');
  for await (const { busy } of services.service.engine.watch(null, never)) if (busy) break;
  const second = await ask(half);
  expect((await decided(second)).map(({ support }) => support)).toEqual(['supported']);
  expect((await claimsOf(first)).map(({ support, by }) => [support, by])).toEqual([
    ['unsupported', undefined],
  ]);
}, 60_000);
