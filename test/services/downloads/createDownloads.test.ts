import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startHub } from '../../fakes/hub/startHub.ts';
import { file, openDownloads, repo, someBytes } from './openDownloads.ts';

const MB = 1_000_000;

describe('a download', () => {
  it('ends as a verified file under its own name, with the commit it is of', async () => {
    const hub = await startHub();
    const bytes = someBytes(20 * MB);
    hub.put(repo, file, bytes);
    const downloads = openDownloads(hub, { token: 'hf_secret' });
    const done = await downloads.fetch();
    expect(done).toMatchObject({
      state: 'ready',
      check: 'verified',
      size: bytes.length,
      received: bytes.length,
      checked: bytes.length,
      commit: hub.repos.repo(repo).commit,
      problem: null,
      note: null,
      path: downloads.place(),
    });
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
    expect(statSync(downloads.place()).mode & 0o777).toBe(0o600);
    expect(downloads.files()).toEqual([file]);
    expect(hub.sent).toBe(bytes.length);
    expect(new Set(hub.ranges()).size, 'several parts').toBeGreaterThan(4);
    const tokens = hub.seen.map(({ server, headers }) => [server, headers.authorization ?? null]);
    expect(new Set(tokens.map(String))).toEqual(new Set(['hub,Bearer hf_secret', 'cdn,']));
  });

  it('tells its progress, speed and time left, at most ten times a second', async () => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(4 * MB));
    hub.rate = 2 * MB;
    const downloads = openDownloads(hub);
    const { id } = await downloads.start();
    const seen: { at: number; received: number; speed: number | null; left: number | null }[] = [];
    for await (const {
      downloads: [one],
    } of downloads.api.watch(undefined, {
      signal: AbortSignal.timeout(20_000),
    })) {
      if (one?.state === 'downloading')
        seen.push({ at: Date.now(), received: one.received, speed: one.speed, left: one.secondsLeft });
      if (one?.state === 'ready') break;
    }
    const span = seen.at(-1)!.at - seen[0]!.at;
    expect(seen.length).toBeLessThanOrEqual(span / 100 + 3);
    expect(seen.length).toBeGreaterThan(5);
    expect(seen.map(({ received }) => received)).toEqual(
      seen.map(({ received }) => received).sort((a, b) => a - b),
    );
    const { speed, left } = seen.findLast((one) => one.speed !== null)!;
    expect(speed).toBeGreaterThan(0.5 * MB);
    expect(speed).toBeLessThan(4 * MB);
    expect(left).toBeGreaterThanOrEqual(0);
    expect((await downloads.ended(id)).speed).toBeNull();
  });

  it('that is asked for twice is one', async () => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(4 * MB));
    hub.rate = 4 * MB;
    const downloads = openDownloads(hub);
    const [one, two] = await Promise.all([downloads.start(), downloads.start()]);
    expect(two.id).toBe(one.id);
    await downloads.ended(one.id);
    expect((await downloads.start()).state, 'it is there already').toBe('ready');
    expect(hub.sent).toBe(4 * MB);
    rmSync(downloads.place());
    expect((await downloads.fetch()).state, 'deleted since').toBe('ready');
    expect(hub.sent).toBe(8 * MB);
  });

  it('pauses, keeps what came, and goes on without fetching it again, also after a restart', async () => {
    const hub = await startHub();
    const bytes = someBytes(10 * MB);
    hub.put(repo, file, bytes);
    hub.rate = 4 * MB;
    const downloads = openDownloads(hub);
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > 2 * MB);
    const paused = await downloads.pause(id);
    expect(paused).toMatchObject({ state: 'paused', problem: null, speed: null });
    const sent = hub.sent;
    await new Promise((resume) => setTimeout(resume, 300));
    expect(hub.sent - sent, 'nothing more is asked for').toBeLessThan(0.3 * MB);

    await downloads.close();
    hub.rate = Number.POSITIVE_INFINITY;
    const again = openDownloads(hub, { dataDir: downloads.dataDir });
    expect(await again.until((one) => one.id === id)).toMatchObject({
      state: 'paused',
      received: paused.received,
    });
    await again.resume(id);
    expect(await again.ended(id)).toMatchObject({ state: 'ready', check: 'verified' });
    expect(readFileSync(again.place()).equals(bytes)).toBe(true);
    expect(hub.sent).toBeLessThan(bytes.length * 1.1);
  });

  it('that was under way when the app ended goes on by itself', async () => {
    const hub = await startHub();
    const bytes = someBytes(6 * MB);
    hub.put(repo, file, bytes);
    hub.rate = 4 * MB;
    const first = openDownloads(hub);
    const { id } = await first.start();
    await first.until(({ received }) => received > 1 * MB);
    await first.close();
    hub.rate = Number.POSITIVE_INFINITY;
    const second = openDownloads(hub, { dataDir: first.dataDir });
    expect((await second.ended(id)).state).toBe('ready');
    expect(hub.sent).toBeLessThan(bytes.length * 1.1);
  });

  it('that is cancelled leaves nothing, and one that is ready leaves its file', async () => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(4 * MB));
    hub.rate = 2 * MB;
    const downloads = openDownloads(hub);
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > 0);
    await expect(downloads.remove(id)).rejects.toMatchObject({ code: 'conflict' });
    await downloads.cancel(id);
    expect(downloads.files()).toEqual([]);
    expect(downloads.storage.connection().all('SELECT * FROM downloads')).toEqual([]);
    await expect(downloads.pause(id)).rejects.toMatchObject({ code: 'not_found' });

    hub.rate = Number.POSITIVE_INFINITY;
    const done = await downloads.fetch();
    await downloads.remove(done.id);
    expect(downloads.files()).toEqual([file]);
  });

  it('waits for its turn: two at a time', async () => {
    const hub = await startHub();
    const names = ['a.gguf', 'b.gguf', 'c.gguf'];
    for (const name of names) hub.put(repo, name, someBytes(3 * MB));
    hub.rate = 6 * MB;
    const downloads = openDownloads(hub);
    const started = [];
    for (const name of names) started.push(await downloads.start(name));
    expect((await downloads.until((one) => one.file === 'c.gguf')).state).toBe('queued');
    for (const { id } of started) expect((await downloads.ended(id)).state).toBe('ready');
  });

  it('of a split model fetches all parts, and the first name appears last', async () => {
    const hub = await startHub();
    const names = [1, 2, 3].map((n) => `big-0000${n}-of-00003.gguf`);
    const bytes = names.map((_, n) => someBytes((n + 1) * MB));
    for (const [n, name] of names.entries()) hub.put(repo, `Q8/${name}`, bytes[n]!);
    const downloads = openDownloads(hub);
    const done = await downloads.fetch(`Q8/${names[1]}`);
    expect(done).toMatchObject({
      state: 'ready',
      check: 'verified',
      file: `Q8/${names[0]}`,
      parts: 3,
      size: 6 * MB,
      received: 6 * MB,
      path: downloads.place(`Q8/${names[0]}`),
    });
    for (const [n, name] of names.entries())
      expect(readFileSync(downloads.place(`Q8/${name}`)).equals(bytes[n]!)).toBe(true);
  });

  it('of a split model shows no part under its name while one is missing', async () => {
    const hub = await startHub();
    hub.put(repo, 'big-00001-of-00002.gguf', someBytes(MB));
    hub.put(repo, 'big-00002-of-00002.gguf', someBytes(MB));
    hub.onBytes = ({ path }) => (path.includes('00002-of') ? { kind: 'status', status: 500 } : null);
    const downloads = openDownloads(hub);
    const stopped = await downloads.fetch('big-00001-of-00002.gguf');
    expect(stopped).toMatchObject({ state: 'failed', problem: { code: 'hub_error' } });
    expect(downloads.files().filter((name) => name.endsWith('.gguf'))).toEqual([]);
    hub.onBytes = () => null;
    await downloads.resume(stopped.id);
    expect((await downloads.ended(stopped.id)).state).toBe('ready');
    expect(hub.sent, 'the first part was kept').toBe(2 * MB);
  });

  it('takes a file that is there already for its own if it is the same, and leaves any other alone', async () => {
    const hub = await startHub();
    const bytes = someBytes(2 * MB);
    hub.put(repo, file, bytes);
    const downloads = openDownloads(hub);
    mkdirSync(dirname(downloads.place()), { recursive: true });
    writeFileSync(downloads.place(), bytes);
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'verified' });
    expect(hub.sent).toBe(0);

    const other = openDownloads(hub);
    mkdirSync(dirname(other.place()), { recursive: true });
    const mine = someBytes(2 * MB);
    writeFileSync(other.place(), mine);
    expect(await other.fetch()).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    expect(readFileSync(other.place()).equals(mine)).toBe(true);
  });

  it('whose hash the hub does not tell is ready as unverified', async () => {
    const hub = await startHub();
    const bytes = someBytes(2 * MB);
    hub.put(repo, file, bytes, { sha256: null });
    const downloads = openDownloads(hub);
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'unverified' });
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
  });

  it('from a mirror without the hub’s own headers takes hash and size from the list of files', async () => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(2 * MB));
    hub.redirectHeaders = ({ location = '' }) => ({ location });
    const downloads = openDownloads(hub);
    expect(await downloads.fetch()).toMatchObject({ state: 'ready', check: 'verified', commit: null });
  });
});
