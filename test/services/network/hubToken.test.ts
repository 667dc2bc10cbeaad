import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { TokenStatus } from '../../../electron/contract/network.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import { createHubToken } from '../../../electron/services/network/hubToken.ts';
import { plainSecrets, type SecretStore } from '../../../electron/services/network/secretStore.ts';
import { type FakeHub, startHub } from '../../fakes/hub/startHub.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

const secret = 'hf_onlyForThisTest0123456789abcd';
const never = { signal: new AbortController().signal };
let dir: string;
let hub: FakeHub;

beforeEach(async () => {
  dir = makeDir();
  hub = await startHub();
});
afterEach(() => removeDir(dir));

const path = () => join(dir, 'hub-token.json');

function open(secrets: SecretStore = plainSecrets, hubUrl = hub.url) {
  const token = createHubToken({ dataDir: dir, secrets, now: () => 1_000_000 });
  const network = createNetwork({ hubUrl, token: token.value });
  onTestFinished(() => network.close());
  return { token, network, api: token.api(network) };
}
async function now(api: ReturnType<typeof open>['api']): Promise<TokenStatus> {
  for await (const status of api.watchToken(undefined, never)) return status;
  throw new Error('nothing was told');
}
const answers = (status: number, body: unknown, headers: Record<string, string> = {}) => {
  hub.onHub = (request, response) => {
    if (request.url !== '/api/whoami-v2') return false;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
    return true;
  };
};

describe('the access token', () => {
  it('is kept in a file only its owner can read, and shown by its ending only', async () => {
    const { api } = open();
    const set = await api.setToken({ token: secret }, never);
    expect(set).toMatchObject({
      token: { ending: 'abcd', setAt: 1_000_000, keptBy: 'file', check: 'unknown' },
    });
    expect(JSON.stringify(set)).not.toContain(secret.slice(0, 10));
    expect(statSync(path()).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['hub-token.json']);
    const again = open();
    expect(again.token.value()).toBe(secret);
    expect(JSON.stringify(await now(again.api))).not.toContain(secret.slice(0, 10));
  });

  it('narrows the rights of a file that was given wider ones', () => {
    void open().api.setToken({ token: secret }, never);
    chmodSync(path(), 0o644);
    expect(open().token.value()).toBe(secret);
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  });

  it('goes to the hub itself, but with no search and to nobody the hub sends to', async () => {
    hub.put('org/repo', 'a.gguf', Buffer.from('bytes'));
    const { api, network } = open();
    await api.setToken({ token: secret }, never);
    const ask = (url: URL | string, purpose: 'search' | 'download') =>
      network.get(new URL(url, hub.url), { purpose, ...never });
    (await ask('/api/models?search=x', 'search')).discard();
    const answer = await ask('/org/repo/resolve/main/a.gguf', 'download');
    expect(answer.withToken).toBe(true);
    answer.discard();
    const bytes = await ask(answer.location ?? '', 'download');
    expect(bytes.withToken).toBe(false);
    expect(await bytes.text(100)).toBe('bytes');
    expect(hub.seen.map(({ server, headers }) => [server, headers.authorization])).toEqual([
      ['hub', undefined],
      ['hub', `Bearer ${secret}`],
      ['cdn', undefined],
    ]);
  });

  it('does not follow the hub to another origin with it when it is checked', async () => {
    answers(302, '', { location: `${hub.cdnUrl}/whoami` });
    const { api } = open();
    await api.setToken({ token: secret }, never);
    await expect(api.checkToken(undefined, never)).rejects.toMatchObject({ code: 'hub_error' });
    expect(hub.seen.map(({ server }) => server)).toEqual(['hub']);
  });

  it('tells whose it is once the hub was asked, and remembers the answer', async () => {
    answers(200, { type: 'user', name: 'ada', auth: { accessToken: { role: 'read' } } });
    const { api } = open();
    await api.setToken({ token: secret }, never);
    expect((await api.checkToken(undefined, never)).token).toMatchObject({
      check: 'accepted',
      account: 'ada',
    });
    expect((await now(open().api)).token).toMatchObject({
      check: 'accepted',
      account: 'ada',
      checkedAt: 1_000_000,
    });
  });

  it('says that the hub refuses it, keeps it, and says nothing of its words', async () => {
    answers(401, { error: `Invalid credentials: ${secret}` });
    const { api, token } = open();
    await api.setToken({ token: secret }, never);
    const failed = await Promise.resolve(api.checkToken(undefined, never)).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'unauthorized' });
    expect(JSON.stringify(failed)).not.toContain(secret);
    expect((await now(api)).token?.check).toBe('refused');
    expect(token.value()).toBe(secret);
  });

  it.each([
    [500, 'x'],
    [200, 'no json'],
    [200, { name: 5 }],
    [200, { name: 'a\u202ename that turns around' }],
  ])('leaves its state as it was when the hub answers %s %j', async (status, body) => {
    answers(status, body);
    const { api } = open();
    await api.setToken({ token: secret }, never);
    await expect(api.checkToken(undefined, never)).rejects.toMatchObject({ code: 'hub_error' });
    expect((await now(api)).token?.check).toBe('unknown');
  });

  it('is gone from the disk once it is removed', async () => {
    const { api, token } = open();
    await api.setToken({ token: secret }, never);
    await api.removeToken(undefined, never);
    expect(token.value()).toBeNull();
    expect(readdirSync(dir)).toEqual([]);
    await expect(api.checkToken(undefined, never)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('that another account sealed, or whose file is broken or a link, is told as unreadable and can be set anew', async () => {
    const sealed: SecretStore = {
      keptBy: () => 'system',
      seal: (text) => Buffer.from(text).reverse(),
      open: (bytes) => Buffer.from(bytes).reverse().toString(),
    };
    const elsewhere: SecretStore = {
      ...sealed,
      open() {
        throw new Error(`cannot open ${secret}`);
      },
    };
    await open(sealed).api.setToken({ token: secret }, never);
    const foreign = open(elsewhere);
    expect(foreign.token.value()).toBeNull();
    expect(await now(foreign.api)).toMatchObject({
      token: null,
      problem: expect.stringContaining('Set it again'),
    });
    expect(JSON.stringify(await now(foreign.api))).not.toContain(secret);

    writeFileSync(path(), '{"sealed":');
    expect((await now(open().api)).problem).not.toBeNull();

    const other = join(dir, 'other.json');
    await open().api.setToken({ token: secret }, never);
    writeFileSync(other, readFileSync(path()));
    await open().api.removeToken(undefined, never);
    symlinkSync(other, path());
    const linked = open();
    expect(linked.token.value()).toBeNull();
    await linked.api.setToken({ token: `${secret}new1` }, never);
    expect(readFileSync(other, 'utf8')).not.toContain('new1');
    expect(open().token.value()).toBe(`${secret}new1`);
    expect(existsSync(other)).toBe(true);
  });

  it.each(['short', 'two words that are long enough', 'zeichen-mit-ümlaut-darin', ''])(
    'cannot be %j',
    (token) => {
      const { api } = open();
      expect(() => api.setToken({ token }, never)).toThrow('one long word');
      expect(readdirSync(dir)).toEqual([]);
    },
  );

  it('is taken as it was pasted, without the blanks around it', async () => {
    const { api, token } = open();
    await api.setToken({ token: ` ${secret}\n` }, never);
    expect(token.value()).toBe(secret);
  });

  it('of the usual hub begins as theirs do', () => {
    const { api } = open(plainSecrets, 'https://huggingface.co');
    expect(() => api.setToken({ token: 'a'.repeat(40) }, never)).toThrow(/hf_/);
    expect(readdirSync(dir)).toEqual([]);
  });
});
