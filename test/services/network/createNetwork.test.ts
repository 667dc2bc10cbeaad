import { randomBytes } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { NetworkRequest } from '../../../electron/contract/network.ts';
import { createNetwork } from '../../../electron/services/network/createNetwork.ts';
import { readHubUrl } from '../../../electron/services/network/hubUrl.ts';
import { startHub } from '../../fakes/hub/startHub.ts';

const never = new AbortController().signal;
const patience = { answer: 300, silence: 300 };

function open(hubUrl: string, token: string | null = null) {
  const network = createNetwork({ hubUrl, token: () => token, patience });
  onTestFinished(() => network.close());
  const get = (url: string | URL, signal: AbortSignal = never) =>
    network.get(new URL(url, hubUrl), { purpose: 'download', signal });
  return { network, get };
}

async function newest(network: ReturnType<typeof createNetwork>, until: (rows: NetworkRequest[]) => boolean) {
  for await (const { requests } of network.api.watch(undefined, { signal: AbortSignal.timeout(5000) }))
    if (until(requests)) return requests;
  throw new Error('the list of requests never got there');
}

describe('the network', () => {
  it('gives the token to the hub, and to nobody the hub sends it to', async () => {
    const hub = await startHub();
    hub.put('org/repo', 'a.gguf', Buffer.from('bytes'));
    const { get } = open(hub.url, 'hf_secret');
    const answer = await get('/org/repo/resolve/main/a.gguf');
    expect(answer.status).toBe(302);
    expect(answer.header('x-repo-commit')).toMatch(/^[0-9a-f]{40}$/);
    answer.discard();
    const bytes = await get(answer.location!);
    expect(await bytes.text(100)).toBe('bytes');
    const tokens = hub.seen.map(({ server, headers }) => [server, headers.authorization]);
    expect(tokens).toEqual([
      ['hub', 'Bearer hf_secret'],
      ['cdn', undefined],
    ]);
  });

  it('gives the memory of what it read back at once, and what it passes on stays', async () => {
    const hub = await startHub();
    const sent = randomBytes(2 << 20);
    hub.put('org/repo', 'a.gguf', sent);
    const read: Buffer[] = [];
    const follow = (message: unknown) =>
      (message as { socket: Socket }).socket.on('data', (chunk) => read.push(chunk));
    subscribe('net.client.socket', follow);
    onTestFinished(() => void unsubscribe('net.client.socket', follow));
    const { get } = open(hub.url);
    const answer = await get('/org/repo/resolve/main/a.gguf');
    answer.discard();
    const chunks: Buffer[] = [];
    for await (const chunk of (await get(answer.location!)).body) chunks.push(chunk);
    expect(Buffer.concat(chunks).equals(sent)).toBe(true);
    expect(read.length).toBeGreaterThan(10);
    expect(read.filter(({ length }) => length > 0)).toEqual([]);
  });

  it('asks nobody that the rules do not allow', async () => {
    const hub = await startHub();
    const { get, network } = open(hub.url);
    for (const url of ['http://192.0.2.1/x', 'https://example.com/x', `http://a:b@127.0.0.1:1/x`])
      await expect(get(url)).rejects.toMatchObject({ code: 'unsupported' });
    expect(hub.seen).toEqual([]);
    const [first] = [
      ...(await Promise.all([
        network.api.watch(undefined, { signal: never })[Symbol.asyncIterator]().next(),
      ])),
    ];
    expect(first?.value).toMatchObject({ total: 0, requests: [] });
  });

  it('lists every request with what came, without token and without what stands behind the `?`', async () => {
    const hub = await startHub();
    hub.put('org/repo', 'a.gguf', Buffer.alloc(5000));
    const { get, network } = open(hub.url, 'hf_secret');
    const { location } = await get('/org/repo/resolve/main/a.gguf?private=query');
    await (await get(location!)).text(10_000);
    await expect(get('http://127.0.0.1:1/x')).rejects.toMatchObject({ code: 'offline' });
    const rows = await newest(network, (all) => all[1]?.received === 5000 && all.length === 3);
    expect(
      rows.map(({ host, path, status, received, state }) => ({ host, path, status, received, state })),
    ).toEqual([
      { host: '127.0.0.1:1', path: '', status: null, received: 0, state: 'failed' },
      { host: new URL(hub.cdnUrl).host, path: '', status: 200, received: 5000, state: 'done' },
      {
        host: new URL(hub.url).host,
        path: '/org/repo/resolve/main/a.gguf',
        status: 302,
        received: 0,
        state: expect.any(String),
      },
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/hf_secret|Signature|private=query/);
  });

  it('gives up on a server that does not answer, and on one that stops in the middle', async () => {
    const hub = await startHub();
    hub.put('org/repo', 'a.gguf', Buffer.alloc(500_000));
    hub.onHub = (request) => request.url === '/silent';
    hub.onBytes = () => ({ kind: 'hang', after: 1000 });
    const { get } = open(hub.url);
    await expect(get('/silent')).rejects.toMatchObject({ code: 'timeout' });
    const { location } = await get('/org/repo/resolve/main/a.gguf');
    await expect((await get(location!)).text(1_000_000)).rejects.toMatchObject({ code: 'timeout' });
  });

  it('says that a broken connection is one, and reads no endless answer', async () => {
    const hub = await startHub();
    hub.put('org/repo', 'a.gguf', Buffer.alloc(500_000));
    const { get } = open(hub.url);
    const { location } = await get('/org/repo/resolve/main/a.gguf');
    await expect((await get(location!)).text(1000)).rejects.toMatchObject({ code: 'hub_error' });
    hub.onBytes = () => ({ kind: 'drop', after: 100_000 });
    await expect((await get(location!)).text(1_000_000)).rejects.toMatchObject({ code: 'offline' });
  });

  it('ends with the signal, before and within an answer', async () => {
    const hub = await startHub();
    hub.put('org/repo', 'a.gguf', Buffer.alloc(500_000));
    hub.onHub = (request) => request.url === '/silent';
    hub.onBytes = () => ({ kind: 'hang', after: 1000 });
    const { get } = open(hub.url);
    const stop = new AbortController();
    const waiting = expect(get('/silent', stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
    const { location } = await get('/org/repo/resolve/main/a.gguf');
    const answer = await get(location!, stop.signal);
    const reading = expect(answer.text(1_000_000)).rejects.toMatchObject({ name: 'AbortError' });
    stop.abort();
    await Promise.all([waiting, reading]);
  });

  it('is not moved by headers without end', async () => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'x-long': 'x'.repeat(200_000) }).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { get } = open(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await expect(get('/')).rejects.toMatchObject({ code: 'offline' });
  });
});

describe('the address of the hub', () => {
  it.each([
    'http://example.com',
    'http://192.168.0.1',
    'http://127.0.0.1.example.com',
    'ftp://127.0.0.1',
    'https://user:word@example.com',
    'https://example.com/path',
    'not an address',
  ])('is not %s', (url) => {
    expect(() => readHubUrl(url)).toThrow(expect.objectContaining({ code: 'bad_input' }));
  });

  it.each([
    [undefined, 'https://us.aws.cdn.hf.co/x', true],
    [undefined, 'https://cas-bridge.xethub.hf.co/x', true],
    [undefined, 'https://huggingface.co/x', true],
    [undefined, 'https://evilhf.co/x', false],
    [undefined, 'https://hf.co.example.com/x', false],
    [undefined, 'http://huggingface.co/x', false],
    [undefined, 'http://127.0.0.1/x', false],
    ['https://mirror.example', 'https://bytes.example/x', true],
    ['https://mirror.example', 'http://bytes.example/x', false],
    ['http://127.0.0.1:80', 'http://127.0.0.1:81/x', true],
    ['http://127.0.0.1:80', 'https://huggingface.co/x', false],
  ])('with %s, %s may be followed: %s', (hub, url, allowed) => {
    expect(readHubUrl(hub).mayFollow(new URL(url))).toBe(allowed);
  });
});
