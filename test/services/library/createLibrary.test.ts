import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibrarySnapshot } from '../../../electron/contract/library.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createLibrary, type Library } from '../../../electron/services/library/createLibrary.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

const scanEntry = join(import.meta.dirname, '../../../electron/engine/scan/main.ts');
const never = { signal: new AbortController().signal };
const children = createChildProcesses();
let dir: string;
let modelsDir: string;
let library: Library;

const open = () =>
  createLibrary({
    dataDir: dir,
    modelsDir,
    builtinDir: join(dir, 'builtin'),
    spawn: children.spawn,
    scanEntry,
  });
const settled = () => library.api.rescan(null, never);
/** Waits until no look of its own accord is due any more, then looks. */
const quiet = () => sleep(600).then(settled);
const named = (snapshot: LibrarySnapshot, fileName: string) =>
  snapshot.models.find((model) => model.fileName === fileName);

beforeEach(async () => {
  dir = makeDir();
  modelsDir = join(dir, 'models');
  mkdirSync(join(dir, 'builtin'));
  mkdirSync(join(dir, 'elsewhere'));
  await writeRandomModel(join(dir, 'builtin/tiny.gguf'));
  library = open();
});
afterEach(() => {
  library.close();
  children.killAll();
  removeDir(dir);
});
const tiny = () => join(dir, 'builtin/tiny.gguf');

describe('createLibrary', () => {
  it('lists the built-in model with what its header says', async () => {
    expect(named(await settled(), 'tiny.gguf')).toMatchObject({
      state: 'ok',
      source: 'builtin',
      name: 'Random words (test model)',
      summary: { architecture: 'llama', quantization: 'F16', hasChatTemplate: true },
    });
    expect((await library.fallback())?.source).toBe('builtin');
  });

  it('sees a file that is put into the models folder, and one that is taken away, without being asked', async () => {
    await settled();
    copyFileSync(tiny(), join(modelsDir, 'new.gguf'));
    await expect.poll(() => named(library.topic.value, 'new.gguf')?.state, { timeout: 10_000 }).toBe('ok');
    rmSync(join(modelsDir, 'new.gguf'));
    await expect.poll(() => named(library.topic.value, 'new.gguf'), { timeout: 10_000 }).toBeUndefined();
  });

  it('keeps a broken file in the list, with the reason, and reads it again when it is mended', async () => {
    const path = join(modelsDir, 'broken.gguf');
    copyFileSync(tiny(), path);
    truncateSync(path, 100_000);
    writeFileSync(join(modelsDir, 'foreign.gguf'), 'PK not a model');
    const broken = await settled();
    expect(named(broken, 'broken.gguf')).toMatchObject({
      state: 'invalid',
      reason: expect.stringMatching(/\w+ .*\w+/),
    });
    expect(named(broken, 'foreign.gguf')?.state).toBe('invalid');
    expect(named(broken, 'tiny.gguf')?.state).toBe('ok');
    await expect(library.find(named(broken, 'broken.gguf')?.id ?? '')).rejects.toMatchObject({
      code: 'model_invalid',
    });

    copyFileSync(tiny(), path);
    expect(named(await settled(), 'broken.gguf')?.state).toBe('ok');
  });

  it('adds a file or a folder where it lies, remembers it, and forgets it without deleting anything', async () => {
    const folder = join(dir, 'elsewhere');
    copyFileSync(tiny(), join(folder, 'other.gguf'));
    const added = await library.api.add({ path: `${folder}/` }, never);
    expect(named(added, 'other.gguf')?.source).toBe('folder');
    library.close();
    library = open();
    expect(named(await settled(), 'other.gguf')?.state).toBe('ok');
    const removed = await library.api.remove({ path: folder }, never);
    expect(named(removed, 'other.gguf')).toBeUndefined();
    const file = await library.api.add({ path: join(folder, 'other.gguf') }, never);
    expect(named(file, 'other.gguf')?.source).toBe('file');
  });

  it('says why a place cannot be added, and adds nothing', async () => {
    writeFileSync(join(dir, 'notes.txt'), 'x');
    for (const [path, code] of [
      [join(dir, 'nothing-here'), 'not_found'],
      [join(dir, 'notes.txt'), 'bad_input'],
      ['relative/path.gguf', 'bad_input'],
    ] as const) {
      await expect(library.api.add({ path }, never)).rejects.toMatchObject({ code });
    }
    expect((await settled()).sources.filter((source) => source.role === 'added')).toEqual([]);
  });

  it('tells that an added folder went away and finds its models when it is back', async () => {
    const folder = join(dir, 'elsewhere');
    copyFileSync(tiny(), join(folder, 'other.gguf'));
    await library.api.add({ path: folder }, never);
    renameSync(folder, `${folder}-unplugged`);
    const gone = await settled();
    expect(gone.sources.find((source) => source.path === folder)?.problem).toContain('not there any more');
    expect(named(gone, 'other.gguf')).toBeUndefined();
    renameSync(`${folder}-unplugged`, folder);
    expect(named(await settled(), 'other.gguf')?.state).toBe('ok');
  });

  it('keeps a model under the same id over restarts', async () => {
    const before = named(await settled(), 'tiny.gguf')?.id;
    library.close();
    library = open();
    expect(named(await settled(), 'tiny.gguf')?.id).toBe(before);
  });

  it('keeps a built-in model under the same id where the app lies somewhere else', async () => {
    const before = named(await settled(), 'tiny.gguf')?.id;
    library.close();
    renameSync(join(dir, 'builtin'), join(dir, 'moved'));
    library = createLibrary({
      dataDir: dir,
      modelsDir,
      builtinDir: join(dir, 'moved'),
      spawn: children.spawn,
      scanEntry,
    });
    expect(named(await settled(), 'tiny.gguf')?.id).toBe(before);
  });

  it('finds the other parts of a split model of which one part was added', async () => {
    const part = (no: number) => join(dir, `elsewhere/big-0000${no}-of-00002.gguf`);
    for (const no of [1, 2]) copyFileSync(tiny(), part(no));
    const added = await library.api.add({ path: part(2) }, never);
    expect(named(added, 'big-00001-of-00002.gguf')).toMatchObject({ state: 'ok', parts: 2 });
  });

  it('follows a folder that was made anew under its old name', async () => {
    const folder = join(dir, 'elsewhere');
    await library.api.add({ path: folder }, never);
    rmSync(folder, { recursive: true });
    await quiet();
    mkdirSync(folder);
    await quiet();
    copyFileSync(tiny(), join(folder, 'new.gguf'));
    await expect.poll(() => named(library.topic.value, 'new.gguf')?.state, { timeout: 5000 }).toBe('ok');
  });

  it('keeps a list that it cannot read, and entries that it does not know', async () => {
    library.close();
    const list = join(dir, 'library.json');
    const unknown = { path: '/later', kind: 'of a newer version' };
    writeFileSync(list, JSON.stringify({ sources: [unknown] }));
    library = open();
    await library.api.add({ path: join(dir, 'elsewhere') }, never);
    expect(JSON.parse(readFileSync(list, 'utf8')).sources).toContainEqual(unknown);
    library.close();
    writeFileSync(list, '{"sources": [{"path": "/mod');
    library = open();
    await library.api.add({ path: join(dir, 'elsewhere') }, never);
    const aside = readdirSync(dir).find((name) => name.startsWith('library.json.damaged-')) ?? '';
    expect(readFileSync(join(dir, aside), 'utf8')).toBe('{"sources": [{"path": "/mod');
  });

  it('says in words that the list cannot be saved', async () => {
    mkdirSync(join(dir, 'library.json'));
    await expect(library.api.add({ path: join(dir, 'elsewhere') }, never)).rejects.toMatchObject({
      code: 'storage_failed',
    });
  });

  it('goes on without a folder of its own on a disk that takes none', async () => {
    library.close();
    writeFileSync(join(dir, 'file'), '');
    modelsDir = join(dir, 'file/models');
    library = open();
    const snapshot = await settled();
    expect(named(snapshot, 'tiny.gguf')?.state).toBe('ok');
    expect(snapshot.sources.find(({ role }) => role === 'own')?.problem).toContain('is not a folder');
  });
});
