import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect, openClient } from '../../client.ts';
import { startHub } from '../../fakes/hub/startHub.ts';
import { makeDir, removeDir, spawnHost, startHost } from '../../hosts/browser/startHost.ts';

it('a model is found, fetched over a restart, appears by itself, answers, and every request is listed', async () => {
  const dataDir = makeDir();
  onTestFinished(() => removeDir(dataDir));
  const hub = await startHub();
  await writeRandomModel(join(dataDir, 'source.gguf'), { name: 'From the hub' });
  const bytes = readFileSync(join(dataDir, 'source.gguf'));
  hub.put('org/Random-GGUF', 'random-F16.gguf', bytes);
  hub.rate = bytes.length / 6;
  const env = { INKLING_HUB_URL: hub.url };

  const first = await startHost({ dataDir, env });
  onTestFinished(() => void first.stop('SIGKILL'));
  const api = await openClient(first);
  const found = await api.hub.search({ query: 'random' });
  expect(found.models.map(({ repo }) => repo)).toEqual(['org/Random-GGUF']);
  const { recommended } = await api.hub.model({ repo: 'org/Random-GGUF' });
  const { id } = await api.downloads.start({ repo: 'org/Random-GGUF', file: recommended!.file });
  for await (const { downloads } of api.downloads.watch({}))
    if (downloads.some(({ received }) => received > bytes.length * 0.3)) break;
  await first.stop('SIGKILL');

  hub.rate = Number.POSITIVE_INFINITY;
  const second = await startHost({ dataDir, env });
  onTestFinished(() => void second.stop('SIGKILL'));
  const again = await openClient(second);
  for await (const { downloads } of again.downloads.watch({}))
    if (downloads.find((one) => one.id === id)?.state === 'ready') break;
  expect(hub.sent).toBeLessThan(bytes.length * 1.2);
  let modelId = '';
  for await (const { models } of again.library.watch({})) {
    const model = models.find(({ name, state }) => name === 'From the hub' && state === 'ok');
    modelId = model?.id ?? '';
    if (model) break;
  }
  await again.settings.set({ modelId });
  const { id: conversationId } = await again.conversations.create({});
  const events = await collect(
    again.chat.send({ conversationId, text: 'hello', sampling: { maxTokens: 4 } }),
  );
  expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done' });
  for await (const { requests, hub: asked } of again.network.watch({})) {
    expect(asked).toBe(hub.url);
    const hosts = new Set(requests.map(({ host }) => `http://${host}`));
    if (hosts.size > 0) expect([...hosts].sort()).toEqual([hub.url, hub.cdnUrl].sort());
    if (hosts.size > 0) break;
  }
  again.close();
  expect((await second.stop()).code).toBe(0);
}, 120_000);

it('an address of the hub that will not do ends the start with words', async () => {
  const dataDir = makeDir();
  onTestFinished(() => removeDir(dataDir));
  const host = spawnHost(['--headless', '--port', '0', '--data-dir', dataDir], {
    env: { INKLING_HUB_URL: 'http://example.com' },
  });
  const { code, stderr } = await host.ended;
  expect(code).toBe(1);
  expect(stderr).toContain('INKLING_HUB_URL must be');
});
