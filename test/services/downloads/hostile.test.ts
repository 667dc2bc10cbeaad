import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { contract } from '../../../electron/contract/index.ts';
import { partsOf, placeOf } from '../../../electron/services/downloads/names.ts';
import { startHub } from '../../fakes/hub/startHub.ts';
import { tempFolder } from '../storage/tempFolder.ts';
import { file, openDownloads, repo, someBytes } from './openDownloads.ts';

const MB = 1_000_000;

describe('names that could harm', () => {
  const hostile = [
    '../escape.gguf',
    'a/../../escape.gguf',
    '/etc/passwd.gguf',
    '..',
    'a//b.gguf',
    './a.gguf',
    'C:\\windows\\x.gguf',
    '\\\\server\\share\\x.gguf',
    'a\u0000b.gguf',
    'a\nb.gguf',
    'a\u001b[2Jb.gguf',
    'a\u202efugg.gguf',
    'a\u2066b.gguf',
    'con.gguf',
    'NUL.gguf',
    'com1.x.gguf',
    'aux/x.gguf',
    'x.gguf.',
    'x.gguf ',
    'trailing./x.gguf',
    'stream:x.gguf',
    '.hidden.gguf',
    '-rf.exe',
    'model.safetensors',
    `${'x'.repeat(300)}.gguf`,
    `${'é'.repeat(120)}.gguf`,
    'a/b/c/d/e/f.gguf',
    '\ud800.gguf',
    'x-00001-of-99999.gguf',
    'x-00001-of-00000.gguf',
  ];
  it.each(hostile)('%j is refused before anything is asked or written', async (name) => {
    const hub = await startHub();
    const downloads = openDownloads(hub);
    await expect(downloads.start(name)).rejects.toMatchObject({ code: 'bad_input' });
    expect(hub.seen).toEqual([]);
    expect(existsSync(downloads.modelsDir)).toBe(false);
  });

  it.each(['..', '../x', 'a/b/c', '/a', 'a/', 'a/..', '.git/x', 'a b/c', 'a/b\u0000', `${'x'.repeat(97)}/y`])(
    'the repository %j is no repository',
    (name) => {
      expect(contract.downloads.start.input.safeParse({ repo: name, file }).success).toBe(false);
    },
  );

  it.each(['../main', 'a..b', 'x y', '', 'a?b', `${'x'.repeat(200)}`])('%j is no revision', (revision) => {
    expect(contract.downloads.start.input.safeParse({ repo, file, revision }).success).toBe(false);
  });

  it('ordinary ones pass, parts included', () => {
    expect(placeOf(repo, 'BF16/Model v1.5 (é)-Q8_0.gguf')).toEqual([
      'org',
      'model',
      'BF16',
      'Model v1.5 (é)-Q8_0.gguf',
    ]);
    expect(() => placeOf('con/model', file)).toThrow();
    expect(partsOf('a/x-00002-of-00003.GGUF')).toEqual([1, 2, 3].map((n) => `a/x-0000${n}-of-00003.GGUF`));
  });
});

describe('planted links', () => {
  const victimIn = (folder: string) => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, 'precious');
    return { victim, unharmed: () => expect(readFileSync(victim, 'utf8')).toBe('precious') };
  };

  it.each(['a file', 'nothing', 'a folder'])('at the final name, to %s, are not followed', async (target) => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(MB));
    const downloads = openDownloads(hub);
    const { victim, unharmed } = victimIn(tempFolder());
    mkdirSync(dirname(downloads.place()), { recursive: true });
    const to = { 'a file': victim, nothing: `${victim}-not`, 'a folder': dirname(victim) }[target]!;
    symlinkSync(to, downloads.place());
    expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    expect(lstatSync(downloads.place()).isSymbolicLink()).toBe(true);
    expect(existsSync(`${victim}-not`)).toBe(false);
    unharmed();
  });

  it('at the final name, planted while it is fetched, are not followed either', async () => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(3 * MB));
    hub.rate = 3 * MB;
    const downloads = openDownloads(hub);
    const { victim, unharmed } = victimIn(tempFolder());
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > 0);
    symlinkSync(victim, downloads.place());
    const stopped = await downloads.ended(id);
    expect(stopped).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    unharmed();
    rmSync(downloads.place());
    await downloads.resume(id);
    expect((await downloads.ended(id)).state).toBe('ready');
    expect(hub.sent, 'what came was kept').toBe(3 * MB);
  });

  it.each(['symbolic', 'hard'])('in place of the unfinished file (%s) are not written to', async (kind) => {
    const hub = await startHub();
    const bytes = someBytes(4 * MB);
    hub.put(repo, file, bytes);
    hub.rate = 4 * MB;
    const downloads = openDownloads(hub);
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > MB);
    await downloads.pause(id);
    const folder = dirname(downloads.place());
    const [part] = readdirSync(folder);
    const { victim, unharmed } = victimIn(folder);
    rmSync(join(folder, part!));
    if (kind === 'hard') {
      writeFileSync(victim, randomBytes(5 * MB));
      linkSync(victim, join(folder, part!));
    } else symlinkSync(victim, join(folder, part!));
    const before = readFileSync(victim);
    await downloads.resume(id);
    expect(await downloads.ended(id)).toMatchObject({ state: 'ready', check: 'verified' });
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
    expect(readFileSync(victim).equals(before)).toBe(true);
    if (kind === 'symbolic') unharmed();
  });

  it.each(['org', 'org/model'])('in place of the folder %s are not written through', async (name) => {
    const hub = await startHub();
    hub.put(repo, file, someBytes(MB));
    const downloads = openDownloads(hub);
    const elsewhere = tempFolder();
    mkdirSync(dirname(join(downloads.modelsDir, name)), { recursive: true });
    symlinkSync(elsewhere, join(downloads.modelsDir, name));
    expect(await downloads.fetch()).toMatchObject({ state: 'failed', problem: { code: 'conflict' } });
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('and other people’s unfinished files are left alone when the app starts; our own orphans go', async () => {
    const hub = await startHub();
    const dataDir = tempFolder();
    const folder = join(dataDir, 'models/org/model');
    mkdirSync(folder, { recursive: true });
    const { victim, unharmed } = victimIn(dataDir);
    for (const name of ['.mine.part', 'other.part', 'x.gguf.part']) writeFileSync(join(folder, name), 'x');
    symlinkSync(victim, join(folder, `.${'a'.repeat(18)}.part`));
    const downloads = openDownloads(hub, { dataDir });
    await expect.poll(() => downloads.files().sort()).toEqual(['.mine.part', 'other.part', 'x.gguf.part']);
    unharmed();
  });
});

const mount = (...args: string[]) => spawnSync('mount', args).status === 0;

/** A disk of its own; null where this machine does not let tests mount one. */
function smallDisk(megabytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'inkling-disk-'));
  const mounted =
    process.platform === 'linux' && mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder);
  onTestFinished(() => {
    if (mounted) spawnSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  });
  return mounted ? folder : null;
}

describe('a full disk', () => {
  it('is seen before anything is fetched', async (context) => {
    const disk = smallDisk(40);
    context.skip(disk === null, 'needs the right to mount a disk');
    const hub = await startHub();
    hub.put(repo, file, someBytes(20 * MB));
    const downloads = openDownloads(hub, { modelsDir: disk! });
    const paused = await downloads.fetch();
    expect(paused).toMatchObject({ state: 'paused', problem: { code: 'storage_full' } });
    expect(paused.problem?.message).toMatch(/needs \d+ MB .* \d+ MB are free/);
    expect(hub.sent).toBe(0);
  });

  it('in the middle pauses it with the reason, and it goes on once there is room', async (context) => {
    const disk = smallDisk(64);
    context.skip(disk === null, 'needs the right to mount a disk');
    const hub = await startHub();
    const bytes = someBytes(20 * MB);
    hub.put(repo, file, bytes);
    hub.rate = 4 * MB;
    const downloads = openDownloads(hub, { modelsDir: disk! });
    const { id } = await downloads.start();
    await downloads.until(({ received }) => received > 2 * MB);
    const ballast = join(disk!, 'ballast');
    try {
      for (;;) writeFileSync(ballast, Buffer.alloc(MB), { flag: 'a' });
    } catch {
      // Full now.
    }
    const paused = await downloads.ended(id);
    expect(paused).toMatchObject({ state: 'paused', problem: { code: 'storage_full' } });
    expect(downloads.storage.status.value.state, 'chats are on another disk').toBe('ok');
    rmSync(ballast);
    hub.rate = Number.POSITIVE_INFINITY;
    await downloads.resume(id);
    expect((await downloads.ended(id)).state).toBe('ready');
    expect(readFileSync(downloads.place()).equals(bytes)).toBe(true);
    expect(hub.sent).toBeLessThan(bytes.length * 1.3);
  });
});
