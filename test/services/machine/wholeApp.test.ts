import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { loadSettings } from '../../../electron/contract/load.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { type Client, collect, openClient } from '../../client.ts';
import { writeAdapter } from '../../engine/writeAdapter.ts';
import { isRunning, makeDir, removeDir, startHost } from '../../hosts/browser/startHost.ts';

const usual = loadSettings.parse({});

async function statusOf(api: Client) {
  for await (const status of api.engine.watch(null)) return status;
  throw new Error('the app told nothing');
}
async function gone(pid: number | null) {
  for (let round = 0; round < 100 && isRunning(pid); round++)
    await new Promise((wait) => setTimeout(wait, 50));
  return !isRunning(pid);
}

it('two real models change places, keep their settings over a restart, and a file that is no model changes nothing', async () => {
  const dataDir = makeDir();
  onTestFinished(() => removeDir(dataDir));
  const models = join(dataDir, 'models');
  mkdirSync(models);
  await writeRandomModel(join(models, 'one.gguf'), { name: 'One', contextLength: 4096 });
  await writeRandomModel(join(models, 'two.gguf'), { name: 'Two', seed: 2 });
  await writeAdapter(join(models, 'voice.gguf'));

  const first = await startHost({ dataDir });
  onTestFinished(() => void first.stop('SIGKILL'));
  const api = await openClient(first);
  const listed = (await api.library.rescan(null)).models;
  const idOf = (file: string) => listed.find(({ fileName }) => fileName === file)?.id ?? '';
  const [one, two, voice] = [idOf('one.gguf'), idOf('two.gguf'), idOf('voice.gguf')];

  expect(await api.engine.choices({ modelId: one })).toMatchObject({
    contextSize: 4096,
    layers: 2,
    usualContextSize: 4096,
    adapters: [{ id: voice, reason: null }],
  });
  const small = await api.engine.estimate({ modelId: two, settings: { ...usual, contextSize: 512 } });
  const large = await api.engine.estimate({ modelId: two, settings: { ...usual, contextSize: 32_768 } });
  expect(large?.cache).toBe((small?.cache ?? 0) * 64);
  expect(large).toMatchObject({ word: 'well', contextSize: 32_768 });

  await collect(api.engine.load({ modelId: one }));
  const before = await statusOf(api);
  const settings = { ...usual, contextSize: 1024, cacheType: 'q8_0' as const };
  const states = await collect(api.engine.load({ modelId: two, settings }));
  expect(states.at(-1)).toMatchObject({ state: 'ready', id: two, loaded: { contextSize: 1024 } });
  const after = await statusOf(api);
  expect(after.pid).not.toBe(before.pid);
  expect(await gone(before.pid)).toBe(true);
  expect((await api.settings.get(null)).load).toEqual({ [two]: settings });

  await expect(collect(api.engine.load({ modelId: voice }))).rejects.toMatchObject({ code: 'unsupported' });
  expect(await statusOf(api)).toMatchObject({ pid: after.pid, model: { state: 'ready', id: two } });

  const { id: conversationId } = await api.conversations.create({});
  await collect(api.chat.send({ conversationId, text: 'hello', modelId: two, sampling: { maxTokens: 32 } }));
  const [speed] = await api.engine.speeds(null);
  expect(speed).toMatchObject({ name: 'Two' });
  api.close();
  expect((await first.stop()).code).toBe(0);

  const second = await startHost({ dataDir });
  onTestFinished(() => void second.stop('SIGKILL'));
  const again = await openClient(second);
  await again.library.rescan(null);
  expect(await again.engine.speeds(null)).toHaveLength(1);
  const loaded = (await collect(again.engine.load({ modelId: two }))).at(-1);
  expect(loaded).toMatchObject({ loaded: { contextSize: 1024, cacheType: 'q8_0', threadsBy: 'remembered' } });
  again.close();
  expect((await second.stop()).code).toBe(0);
}, 120_000);
