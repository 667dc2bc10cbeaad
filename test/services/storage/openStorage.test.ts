import { spawn } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newestSchema } from '../../../electron/services/storage/migrations.ts';
import { openStorage } from '../../../electron/services/storage/openStorage.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from './tempFolder.ts';

const mode = (path: string) => statSync(path).mode & 0o777;

/** Names, sizes, times and bytes of all files of a folder. */
function picture(folder: string): unknown {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const stat = statSync(join(folder, name));
      const bytes = stat.isFile() ? readFileSync(join(folder, name)).toString('base64') : '';
      return { name, mtimeMs: stat.mtimeMs, size: stat.size, mode: stat.mode, bytes };
    });
}

/** Opens a folder in another process; resolves with the first line it says. */
function openElsewhere(dataDir: string): Promise<{ line: string; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'openElsewhere.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  onTestFinished(kill);
  return new Promise((resolve) => {
    child.stdout.once('data', (data) => resolve({ line: String(data).trim(), kill }));
  });
}

async function folderWithChat() {
  const chats = openChats();
  const { id } = await chats.create();
  chats.turn(id, 'Which ink lasts?', 'Iron gall ink. '.repeat(2000));
  await chats.close();
  return { dataDir: chats.dataDir, path: join(chats.dataDir, 'inkling.sqlite'), id };
}

describe('the data folder', () => {
  it('is private to its owner, with every file in it', async () => {
    const dataDir = join(tempFolder(), 'new', 'data');
    const chats = openChats({ dataDir });
    const { id } = await chats.create();
    chats.turn(id, 'a', 'b');
    await chats.storage.api.backup(undefined, uncancelled);
    expect(mode(dataDir)).toBe(0o700);
    for (const name of ['inkling.sqlite', 'inkling.sqlite-wal', 'inkling.lock'])
      expect(mode(join(dataDir, name))).toBe(0o600);
    expect(mode(join(dataDir, 'backups'))).toBe(0o700);
    const names = readdirSync(join(dataDir, 'backups'));
    expect(names).toHaveLength(1);
    expect(mode(join(dataDir, 'backups', names[0]!))).toBe(0o600);
  });

  it('loses what a kill in the middle of saving settings left', async () => {
    const { dataDir } = await folderWithChat();
    const left = join(dataDir, '.settings.json.0123456789ab.tmp');
    writeFileSync(left, '{"systemPrompt": "half of');
    openChats({ dataDir });
    expect(existsSync(left)).toBe(false);
  });

  it('is made private again where others could read it', async () => {
    const { dataDir, path } = await folderWithChat();
    chmodSync(dataDir, 0o755);
    chmodSync(path, 0o644);
    openChats({ dataDir });
    expect(mode(dataDir)).toBe(0o700);
    expect(mode(path)).toBe(0o600);
  });

  it('belongs to one process: a second is told so within 2 s and changes no byte', async () => {
    const { dataDir } = await folderWithChat();
    const first = await openElsewhere(dataDir);
    expect(first.line).toBe('open');
    const before = picture(dataDir);
    const started = Date.now();
    expect(() => openStorage({ dataDir })).toThrow(
      expect.objectContaining({
        code: 'storage_locked',
        message: expect.stringContaining('Another Inkling'),
      }),
    );
    expect(Date.now() - started).toBeLessThan(2000);
    expect(picture(dataDir)).toEqual(before);
  });

  it('is free again at once after its owner was killed', async () => {
    const { dataDir } = await folderWithChat();
    const first = await openElsewhere(dataDir);
    await first.kill();
    const chats = openChats({ dataDir });
    expect((await chats.list()).total).toBe(1);
  });

  it('is refused with words where a newer Inkling wrote it, and stays untouched', async () => {
    const { dataDir, path } = await folderWithChat();
    const raw = new DatabaseSync(path);
    raw.exec('PRAGMA user_version = 99');
    raw.close();
    const before = picture(dataDir);
    expect(() => openStorage({ dataDir })).toThrow(
      expect.objectContaining({ code: 'storage_newer', details: { schema: 99, newest: newestSchema } }),
    );
    expect(picture(dataDir)).toEqual(before);
  });

  it('tells its versions, with a SQLite that has no WAL-reset bug', () => {
    const { storage } = openChats();
    const { sqlite, schema } = storage.versions();
    expect(schema).toBe(newestSchema);
    expect(sqlite.localeCompare('3.51.3', 'en', { numeric: true })).toBeGreaterThanOrEqual(0);
  });
});

describe('a damaged database', () => {
  const damages: [string, (path: string) => void][] = [
    ['a header of garbage', (path) => overwrite(path, 0, Buffer.alloc(100, 0x5a))],
    ['zeroed pages', (path) => overwrite(path, 4096, Buffer.alloc(8 * 4096))],
    ['half of its bytes', (path) => truncateSync(path, Math.floor(statSync(path).size / 8192) * 4096)],
    [
      'no bytes, but a log',
      (path) => {
        writeFileSync(`${path}-wal`, 'x'.repeat(5000));
        truncateSync(path, 0);
      },
    ],
    [
      'another program’s tables',
      (path) => {
        writeFileSync(path, '');
        const foreign = new DatabaseSync(path);
        foreign.exec('CREATE TABLE recipes (name TEXT)');
        foreign.close();
      },
    ],
  ];

  it.each(damages)('with %s is told, left untouched, and set aside for a fresh start', async (_, damage) => {
    const { dataDir, path } = await folderWithChat();
    damage(path);
    const bytes = readFileSync(path);
    const chats = openChats({ dataDir });
    expect(chats.storage.status.value).toMatchObject({
      state: 'damaged',
      problem: { code: 'storage_damaged' },
    });
    expect(() => chats.storage.connection()).toThrow(expect.objectContaining({ code: 'storage_damaged' }));
    expect(readFileSync(path).equals(bytes)).toBe(true);

    await chats.storage.api.startFresh(undefined, uncancelled);
    const { state, problem, setAside } = chats.storage.status.value;
    expect({ state, problem }).toEqual({ state: 'ok', problem: null });
    expect(readFileSync(setAside!).equals(bytes)).toBe(true);
    expect(await chats.list()).toEqual({ conversations: [], total: 0 });
    const { id } = await chats.create();
    chats.turn(id, 'still there?', 'yes');
    await chats.close();
    expect((await openChats({ dataDir }).messages(id)).messages).toHaveLength(2);
  });

  it('stays untouched with the log that a crash left', async () => {
    const { dataDir, path } = await folderWithChat();
    const chats = openChats({ dataDir });
    await chats.create('only in the log');
    // What a crash leaves: taken while the log is full. (Reading our own open file drops SQLite's lock; this is the end of it.)
    const crashed = tempFolder();
    for (const end of ['', '-wal']) copyFileSync(path + end, join(crashed, `inkling.sqlite${end}`));
    overwrite(join(crashed, 'inkling.sqlite'), 4096, Buffer.alloc(8 * 4096));
    const files = ['inkling.sqlite', 'inkling.sqlite-wal'].map((name) => join(crashed, name));
    const bytes = files.map((file) => readFileSync(file));
    expect(bytes[1]!.length).toBeGreaterThan(0);
    const { storage } = openChats({ dataDir: crashed });
    expect(storage.status.value.state).toBe('damaged');
    expect(files.map((file, n) => readFileSync(file).equals(bytes[n]!))).toEqual([true, true]);
  });

  it('is not replaced by a fresh one while it can be read', async () => {
    const { storage } = openChats();
    await expect(storage.api.startFresh(undefined, uncancelled)).rejects.toMatchObject({ code: 'conflict' });
  });
});

it('a folder that cannot be used yet is told, and used as soon as it can be', async () => {
  const blocked = join(tempFolder(), 'file');
  writeFileSync(blocked, '');
  const storage = openStorage({ dataDir: blocked });
  onTestFinished(() => storage.close());
  expect(storage.status.value).toMatchObject({ state: 'failing', problem: { code: 'storage_failed' } });
  expect(() => storage.connection()).toThrow(expect.objectContaining({ code: 'storage_failed' }));
  const reopened = new Promise<void>((resolve) => storage.onReopen(resolve));
  rmSync(blocked);
  mkdirSync(blocked);
  await reopened;
  expect(storage.status.value.state).toBe('ok');
  expect(storage.connection().get('SELECT 1 AS one')).toMatchObject({ one: 1 });
});

function overwrite(path: string, at: number, bytes: Buffer): void {
  const all = readFileSync(path);
  bytes.copy(all, at);
  writeFileSync(path, all);
}
