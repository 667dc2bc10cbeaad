import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Client, collect, openClient } from '../../client.ts';
import { canCutNetwork, needsOwnNetwork, withoutNetwork } from './ownNetwork.ts';
import { makeDir, removeDir, startHost } from './startHost.ts';

const has = (command: string) => {
  try {
    execFileSync('sh', ['-c', `command -v ${command}`]);
    return true;
  } catch {
    return false;
  }
};

/** Addresses in an strace log that are neither loopback nor local sockets; a datagram to a resolver counts too. */
const remote = (log: string) =>
  log
    .split('\n')
    .filter((line) => /AF_INET6?\b/.test(line) && /(bind|connect|sendto|sendmsg)\(/.test(line))
    .filter((line) => !/inet_addr\("127\.|inet_pton\(AF_INET6, "(::1|::ffff:127\.)/.test(line));

/** The host under strace; `end` stops it and answers what strace saw. */
async function startTraced() {
  const dataDir = makeDir();
  onTestFinished(() => removeDir(dataDir));
  const log = `${dataDir}.strace`;
  onTestFinished(() => removeDir(log));
  const calls = 'trace=bind,connect,sendto,sendmsg';
  const host = await startHost({
    dataDir,
    wrap: ['strace', '-f', '--seccomp-bpf', '-qq', '-e', calls, '-o', log],
  });
  const api = await openClient(host);
  const end = async () => {
    api.close();
    // Not strace but what it runs: strace would leave that running.
    process.kill(host.pid, 'SIGTERM');
    await host.ended;
    const seen = readFileSync(log, 'utf8');
    expect(seen, 'the trace works: it saw our own door').toMatch(/bind\(.*inet_addr\("127\.0\.0\.1"\)/);
    return seen;
  };
  return { api, end };
}

describe('a whole chat with the real engine', () => {
  it('makes no connection beyond this machine, at system-call level', async (context) => {
    context.skip(!has('strace'), 'strace is not installed');
    const { api, end } = await startTraced();
    const { id: conversationId } = await api.conversations.create({});
    const events = await collect(
      api.chat.send({ conversationId, text: 'hello there', sampling: { maxTokens: 8 } }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done' });
    expect(remote(await end())).toEqual([]);
  }, 120_000);

  it('works on a machine that has no network at all', (context) => {
    context.skip(!canCutNetwork(), needsOwnNetwork);
    const [unshare, ...alone] = withoutNetwork;
    const script = join(import.meta.dirname, 'offlineChat.ts');
    const output = execFileSync(unshare, [...alone, process.execPath, script], { encoding: 'utf8' });
    expect(output).toBe('done\n');
  }, 120_000);
});

async function firstModel(api: Client): Promise<string> {
  for await (const { models } of api.library.watch(null)) {
    const ready = models.find(({ state }) => state === 'ok');
    if (ready) return ready.id;
  }
  throw new Error('the library told of no model');
}

describe('notes with the real engine', () => {
  it('are chosen, indexed by words and meaning, asked, written in and taken out without any connection', async (context) => {
    context.skip(!has('strace'), 'strace is not installed');
    const folder = makeDir();
    onTestFinished(() => removeDir(folder));
    // What it names lies elsewhere, and stays there.
    const remoteImage = '![pixel](http://192.0.2.7/pixel.png) and [more](https://example.org/)';
    writeFileSync(join(folder, 'Shed.md'), `# Shed\n\nThe code of the shed is K7-449.\n\n${remoteImage}\n`);
    writeFileSync(join(folder, 'Plan.md'), '# Plan\n\nFirst the [[Shed]], then the stove.\n');
    const { api, end } = await startTraced();
    const modelId = await firstModel(api);
    await api.notes.setEmbeddingModel({ modelId });
    const { id: folderId } = await api.notes.addFolder({ path: folder });
    for await (const { index } of api.notes.watch(null)) if ((index.embedded ?? 0) >= 2) break;

    const { id: conversationId } = await api.conversations.create({});
    const text = 'What is the code of the shed?';
    const sampling = { maxTokens: 8 };
    const events = await collect(
      api.chat.send({ conversationId, text, sampling, notes: { folders: [], tags: [], notes: [] } }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done' });
    const { passages } = await api.notes.find({ question: text });
    expect(passages[0]?.reason).toMatchObject({ words: 1, meaning: expect.any(Number) });
    const note = { folderId, path: 'Shed.md' };
    const written = await collect(
      api.notes.write({ task: 'summarize', text: 'The code is K7-449.', note, modelId }),
    );
    expect(written.at(-1)).toMatchObject({ type: 'finished', state: 'done' });
    await api.notes.removeFolder({ id: folderId });
    expect(remote(await end())).toEqual([]);
  }, 120_000);
});
