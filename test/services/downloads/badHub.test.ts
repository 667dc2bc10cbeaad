import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Fault, RangeRequest } from '../../fakes/hub/cdn.ts';
import { startHub } from '../../fakes/hub/startHub.ts';
import { file, openDownloads, repo, someBytes } from './openDownloads.ts';

const MB = 1_000_000;

/** A hub with one file of some MB, and downloads from it. */
async function open(size = 12 * MB, options: Parameters<typeof openDownloads>[1] = {}) {
  const hub = await startHub();
  const bytes = someBytes(size);
  hub.put(repo, file, bytes);
  const downloads = openDownloads(hub, options);
  const arrived = () => readFileSync(downloads.place()).equals(bytes);
  return { hub, bytes, downloads, arrived };
}

describe('a download survives', () => {
  const faults: [string, (request: RangeRequest) => Fault | null][] = [
    ['lines that drop in the middle', ({ n }) => (n % 3 === 0 ? { kind: 'drop', after: 300_000 } : null)],
    ['a line that drops at once', ({ n }) => (n < 3 ? { kind: 'drop', after: 0 } : null)],
    ['a server that falls silent', ({ n }) => (n === 1 ? { kind: 'hang', after: 100_000 } : null)],
    ['errors of the server', ({ n }) => (n < 4 ? { kind: 'status', status: 503 } : null)],
    ['a 416', ({ n }) => (n === 2 ? { kind: 'status', status: 416 } : null)],
    [
      'a Content-Range of other bytes',
      ({ n }) => (n === 1 ? { kind: 'contentRange', value: 'bytes 5-9/12000000' } : null),
    ],
    [
      'a Content-Range without sense',
      ({ n }) => (n === 1 ? { kind: 'contentRange', value: 'kittens' } : null),
    ],
    [
      'a Content-Range of another size',
      ({ n, start, end }) =>
        n === 1 ? { kind: 'contentRange', value: `bytes ${start}-${end}/13000000` } : null,
    ],
  ];

  it.each(faults)('%s', async (_, fault) => {
    const { hub, downloads, arrived } = await open();
    hub.onBytes = fault;
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'verified', note: null });
    expect(arrived()).toBe(true);
    expect(hub.sent).toBeLessThan(12 * MB * 1.5);
  });

  it('a server that knows no parts', async () => {
    const { hub, downloads, arrived } = await open();
    hub.onBytes = () => ({ kind: 'whole' });
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'verified' });
    expect(arrived()).toBe(true);
  });

  it('signed addresses that expire in the middle, by asking the hub again', async () => {
    const { hub, downloads, arrived } = await open();
    let asked = 0;
    hub.onBytes = () => {
      if (++asked % 4 === 0) hub.expire();
      return null;
    };
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'verified' });
    expect(arrived()).toBe(true);
    expect(hub.sent).toBe(12 * MB);
  });

  it('a 429, by waiting as long as it is asked to, and showing it', async () => {
    const { hub, downloads, arrived } = await open(3 * MB);
    let refusedAt = 0;
    let askedAgain = 0;
    hub.onBytes = () => {
      if (refusedAt === 0) {
        refusedAt = Date.now();
        return { kind: 'status', status: 429, headers: { 'retry-after': '2' } };
      }
      askedAgain ||= Date.now();
      return null;
    };
    const { id } = await downloads.start();
    const waiting = await downloads.until(({ retryAt }) => retryAt !== null);
    expect(waiting.retryAt! - refusedAt).toBeGreaterThan(1500);
    expect(waiting.state).toBe('downloading');
    expect(await downloads.ended(id)).toMatchObject({ state: 'ready', retryAt: null });
    expect(askedAgain - refusedAt).toBeGreaterThanOrEqual(1990);
    expect(arrived()).toBe(true);
  });

  it('a hub that wants a pause before it even tells where the bytes are', async () => {
    const { hub, downloads } = await open(3 * MB);
    let refused = 0;
    hub.onHub = (_request, response) => {
      if (refused++ > 0) return false;
      response.writeHead(429, { ratelimit: '"resolvers";r=0;t=1' }).end();
      return true;
    };
    const { id } = await downloads.start();
    expect((await downloads.until(({ retryAt }) => retryAt !== null)).state).toBe('resolving');
    expect((await downloads.ended(id)).state).toBe('ready');
    expect(refused).toBe(2);
  });
});

describe('two versions are never blended', () => {
  it('when the ETag changes between two parts, it starts over and says so', async () => {
    const { hub, downloads } = await open();
    const other = someBytes(12 * MB);
    hub.onBytes = ({ n }) => {
      if (n === 3) hub.put(repo, file, other);
      return null;
    };
    // The server of the bytes has the new file for the old commit, too: somebody wrote over it.
    hub.swap = (_path, old) => hub.repos.find(repo, 'main')?.files.get(file) ?? old;
    const done = await downloads.fetch();
    expect(done).toMatchObject({ state: 'ready', check: 'verified', commit: hub.repos.repo(repo).commit });
    expect(done.note).toContain('started over');
    expect(readFileSync(downloads.place()).equals(other)).toBe(true);
  });

  it('when another version came while it was paused, the begun one is finished if the hub still has it', async () => {
    const { hub, downloads, bytes } = await open();
    hub.rate = 4 * MB;
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > MB);
    await downloads.pause(id);
    hub.put(repo, file, someBytes(12 * MB));
    hub.rate = Number.POSITIVE_INFINITY;
    await downloads.resume(id);
    expect(await downloads.ended(id)).toMatchObject({ state: 'ready', note: null });
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
  });

  it('when the begun version is gone after a pause, it starts over and says so', async () => {
    const { hub, downloads } = await open();
    hub.rate = 4 * MB;
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > MB);
    await downloads.pause(id);
    const other = someBytes(12 * MB);
    const { commits, commit: old } = hub.repos.repo(repo);
    hub.put(repo, file, other);
    commits.delete(old);
    hub.rate = Number.POSITIVE_INFINITY;
    await downloads.resume(id);
    const done = await downloads.ended(id);
    expect(done).toMatchObject({ state: 'ready', check: 'verified' });
    expect(done.note).toContain('started over');
    expect(readFileSync(downloads.place()).equals(other)).toBe(true);
  });

  it('when the version changes for ever, it ends with words', async () => {
    const { hub, downloads } = await open();
    hub.swap = (_path, old) => ({ ...old, etag: `"${Math.random()}"` });
    expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'hub_error' } });
    expect(downloads.files().filter((name) => name.endsWith('.gguf'))).toEqual([]);
  });

  it('when bytes differ and nothing says so, the hash does, and nothing is kept', async () => {
    const { hub, downloads, arrived } = await open();
    hub.swap = (_path, old) => {
      const bytes = Buffer.from(old.bytes);
      bytes[7_000_000]! ^= 1;
      return { ...old, bytes };
    };
    const failed = await downloads.fetch();
    expect(failed).toMatchObject({
      state: 'failed',
      check: 'pending',
      path: null,
      problem: { code: 'hash_mismatch' },
    });
    expect(downloads.files()).toEqual([]);
    hub.swap = (_path, old) => old;
    await downloads.resume(failed.id);
    expect(await downloads.ended(failed.id)).toMatchObject({ state: 'ready', problem: null });
    expect(arrived()).toBe(true);
  });

  it('when the file is longer or shorter than the hub says, it does not get its name', async () => {
    for (const size of [11 * MB, 13 * MB]) {
      const { hub, downloads } = await open();
      hub.swap = (_path, old) => ({ ...old, bytes: someBytes(size) });
      expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'hub_error' } });
      expect(downloads.files().filter((name) => name.endsWith('.gguf'))).toEqual([]);
    }
  });
});

describe('a refusal is told with the way out', () => {
  const refuse =
    (status: number, headers: Record<string, string>) => (_request: unknown, response: ServerResponse) => {
      response.writeHead(status, headers).end('{"error":"no"}');
      return true;
    };
  it.each([
    [401, { 'x-error-code': 'GatedRepo' }, 'failed', 'gated', 'accepted its terms'],
    [403, { 'x-error-code': 'GatedRepo' }, 'failed', 'gated', 'not granted'],
    [403, {}, 'failed', 'unauthorized', 'Choose another'],
    [401, {}, 'failed', 'not_found', 'private'],
    [404, { 'x-error-code': 'EntryNotFound' }, 'failed', 'not_found', 'removed or renamed'],
    [404, { 'x-error-code': 'RevisionNotFound' }, 'failed', 'not_found', 'removed or renamed'],
    [500, {}, 'failed', 'hub_error', 'trouble of its own'],
  ] as const)('%s %o', async (status, headers, state, code, words) => {
    const { hub, downloads } = await open(MB);
    hub.onHub = refuse(status, headers);
    const ended = await downloads.fetch();
    expect(ended).toMatchObject({ state, problem: { code } });
    expect(ended.problem?.message).toContain(words);
    hub.onHub = () => false;
    await downloads.resume(ended.id);
    expect((await downloads.ended(ended.id)).state).toBe('ready');
  });

  it('a hub that cannot be reached pauses it, and nothing else', async () => {
    const { hub, downloads } = await open(MB);
    await hub.close();
    expect(await downloads.fetch()).toMatchObject({ state: 'paused', problem: { code: 'offline' } });
  });

  it('a server of bytes that always refuses ends it, after some tries', async () => {
    const { hub, downloads } = await open(MB);
    hub.onBytes = () => ({ kind: 'status', status: 403 });
    expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'hub_error' } });
    expect(hub.seen.length).toBeLessThan(40);
  });

  it.each([
    'https://example.com/x',
    'http://192.0.2.1/x',
    'file:///etc/passwd',
    'http://user:word@127.0.0.1/x',
  ])('the bytes are not fetched from %s', async (location) => {
    const { hub, downloads } = await open(MB);
    hub.redirectHeaders = (headers) => ({ ...headers, location });
    expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'unsupported' } });
  });

  it('a redirect from the server of the bytes is followed without a token', async () => {
    const { hub, downloads, arrived } = await open(MB, { token: 'hf_secret' });
    const second = await startHub();
    second.put(repo, file, hub.repos.find(repo, 'main')!.files.get(file)!.bytes);
    const commit = second.repos.repo(repo).commit;
    const location = `${second.cdnUrl}/${commit}/${encodeURIComponent(repo)}/${file}?Signature=1`;
    hub.onBytes = () => ({ kind: 'redirect', location });
    expect((await downloads.fetch()).state).toBe('ready');
    expect(arrived()).toBe(true);
    expect(second.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(
      hub.seen.filter(({ server }) => server === 'cdn').map(({ headers }) => headers.authorization),
    ).toEqual([undefined]);
  });
});
