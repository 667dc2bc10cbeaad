import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { collect, openClient } from '../../client.ts';
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

describe('a whole chat with the real engine', () => {
  it('makes no connection beyond this machine, at system-call level', async (context) => {
    context.skip(!has('strace'), 'strace is not installed');
    const dataDir = makeDir();
    onTestFinished(() => removeDir(dataDir));
    const log = join(dataDir, '..', `${dataDir.split('/').at(-1)}.strace`);
    onTestFinished(() => removeDir(log));
    const host = await startHost({
      dataDir,
      wrap: ['strace', '-f', '--seccomp-bpf', '-qq', '-e', 'trace=bind,connect,sendto,sendmsg', '-o', log],
    });
    // Not strace but what it runs: strace would leave that running.
    const stop = () => process.kill(host.pid, 'SIGTERM');
    const api = await openClient(host);
    const { id: conversationId } = await api.conversations.create({});
    const events = await collect(
      api.chat.send({ conversationId, text: 'hello there', sampling: { maxTokens: 8 } }),
    );
    expect(events.at(-1)).toMatchObject({ type: 'finished', state: 'done' });
    api.close();
    stop();
    await host.ended;

    const seen = readFileSync(log, 'utf8');
    expect(seen, 'the trace works: it saw our own door').toMatch(/bind\(.*inet_addr\("127\.0\.0\.1"\)/);
    expect(remote(seen)).toEqual([]);
  }, 120_000);

  it('works on a machine that has no network at all', (context) => {
    context.skip(!canCutNetwork(), needsOwnNetwork);
    const [unshare, ...alone] = withoutNetwork;
    const script = join(import.meta.dirname, 'offlineChat.ts');
    const output = execFileSync(unshare, [...alone, process.execPath, script], { encoding: 'utf8' });
    expect(output).toBe('done\n');
  }, 120_000);
});
