import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { type Client, collect, openClient } from '../../client.ts';
import { makeDir, removeDir, startHost } from '../../hosts/browser/startHost.ts';

const long = 'The river was there and then it was not. '.repeat(12);

async function openApp(dataDir = newDataDir()) {
  const host = await startHost({ dataDir });
  onTestFinished(() => void host.stop('SIGKILL'));
  const api = await openClient(host);
  const { models } = await api.library.rescan(null);
  const modelId = models.find(({ fileName }) => fileName === 'one.gguf')?.id ?? '';
  const say = async (conversationId: string, text: string) => {
    const events = await collect(
      api.chat.send({ conversationId, text, modelId, sampling: { maxTokens: 8, seed: 3 } }),
    );
    const end = events.at(-1);
    if (end?.type !== 'finished' || !end.stats) throw new Error('there was no answer');
    return end.stats;
  };
  return {
    api,
    modelId,
    say,
    dataDir,
    folder: join(dataDir, 'states'),
    newChat: async () => (await api.conversations.create({})).id,
    async stop() {
      api.close();
      expect((await host.stop()).code).toBe(0);
    },
  };
}

function newDataDir(): string {
  const dataDir = makeDir();
  onTestFinished(() => removeDir(dataDir));
  mkdirSync(join(dataDir, 'models'));
  return dataDir;
}

async function withModel() {
  const dataDir = newDataDir();
  await writeRandomModel(join(dataDir, 'models/one.gguf'));
  return openApp(dataDir);
}

const kept = (folder: string) =>
  existsSync(folder) ? readdirSync(folder).map((name) => name.split('.')[0]) : [];
const untilKept = (api: Client, files: number) =>
  vi.waitFor(async () => expect((await api.storage.states(null)).files).toBe(files), 20_000);

describe('chats that a model has read', () => {
  it('go on at once after a restart, and after another chat', async () => {
    const first = await withModel();
    const [a, b] = [await first.newChat(), await first.newChat()];
    const cold = await first.say(a, long);
    expect(cold.cachedTokens).toBe(0);
    await first.say(b, `Something else. ${long}`);
    expect((await first.say(a, 'And then?')).cachedTokens).toBeGreaterThanOrEqual(cold.promptTokens - 1);
    await untilKept(first.api, 2);
    const { size } = await first.api.storage.states(null);
    expect(size).toBe(
      readdirSync(first.folder).reduce((sum, name) => sum + statSync(join(first.folder, name)).size, 0),
    );
    expect(statSync(first.folder).mode & 0o777).toBe(0o700);
    await first.stop();

    const second = await openApp(first.dataDir);
    expect((await second.say(a, 'And now?')).cachedTokens).toBeGreaterThan(cold.promptTokens);
    expect((await second.say(b, 'And now?')).cachedTokens).toBeGreaterThan(100);
    await second.stop();
  }, 120_000);

  it('are kept when the app ends right after an answer', async () => {
    const first = await withModel();
    const chat = await first.newChat();
    await first.say(chat, long);
    await first.stop();
    expect(kept(first.folder)).toEqual([chat]);
  }, 60_000);

  it('are read ahead once they are opened, of a new chat what it begins with', async () => {
    const first = await withModel();
    const { api, modelId } = first;
    const chat = await first.newChat();
    await first.say(chat, long);
    await api.settings.set({ systemPrompt: long });
    // The instructions are new to the model, and with them all that follows.
    await api.chat.prepare({ conversationId: chat, modelId });
    const next = await first.say(chat, 'Go on.');
    expect(next.promptTokens - next.cachedTokens).toBeLessThan(40);
    await api.chat.prepare({ conversationId: null, modelId });
    expect((await first.say(await first.newChat(), 'Hello')).cachedTokens).toBeGreaterThan(100);
    await first.stop();
  }, 60_000);

  it('are forgotten when a message of them is deleted, which the model has read', async () => {
    const { api, folder, newChat, say, stop } = await withModel();
    const [a, b] = [await newChat(), await newChat()];
    for (const chat of [a, b]) await say(chat, `${chat} ${long}`);
    await untilKept(api, 2);
    const { messages } = await api.conversations.messages({ id: b });
    await api.conversations.removeMessage({ id: b, messageId: messages[0]?.id ?? '' });
    expect(kept(folder)).toHaveLength(2);
    await stop();
    expect(kept(folder)).toEqual([a]);
  }, 60_000);

  it('leave nothing behind when they are deleted, when the app was killed meanwhile, or when it is wished', async () => {
    const first = await withModel();
    const [a, b, c] = [await first.newChat(), await first.newChat(), await first.newChat()];
    for (const chat of [a, b, c]) await first.say(chat, `${chat} ${long}`);
    await untilKept(first.api, 3);
    // The context holds the last one; it goes with the others.
    await first.api.conversations.remove({ id: c });
    await first.api.conversations.remove({ id: a });
    expect(kept(first.folder)).toHaveLength(3);
    await first.stop();
    expect(kept(first.folder)).toEqual([b]);

    const [name = ''] = readdirSync(first.folder);
    for (const orphan of [name.replace(b, 'gone'), `${name}.writing-0123abcd`, `${name}.reading-0123abcd`])
      writeFileSync(join(first.folder, orphan), 'x');
    const second = await openApp(first.dataDir);
    expect(readdirSync(first.folder)).toEqual([name]);
    await second.api.storage.clearStates(null);
    expect(await second.api.storage.states(null)).toEqual({ files: 0, size: 0 });
    await second.say(b, 'Still there?');
    await untilKept(second.api, 1);
    await second.api.settings.set({ statesBudget: 0 });
    await untilKept(second.api, 0);
    await second.say(b, 'Still there?');
    await second.stop();
    expect(kept(first.folder)).toEqual([]);
  }, 120_000);
});
