import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ModelCheck } from '../../../electron/contract/library.ts';
import type { Library } from '../../../electron/services/library/createLibrary.ts';
import { makeHome, named, never, putModel } from './openLibrary.ts';

const sha256 = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
async function verify(library: Library, id: string) {
  const seen: number[] = [];
  let check: ModelCheck | null = null;
  for await (const progress of library.api.verify({ id }, never)) {
    seen.push(progress.read / progress.size);
    check = progress.check;
  }
  return { check, seen };
}
const rescan = (library: Library) => Promise.resolve(library.api.rescan(null, never));
const differ = (path: string) => {
  const bytes = readFileSync(path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 9) ^ 0xff, bytes.length - 9);
  writeFileSync(path, bytes);
};

describe('a name of the person’s own', () => {
  it('is shown everywhere, stays over a restart and a changed file, and can be taken back', async () => {
    const { modelsDir, open } = makeHome();
    const path = await putModel(join(modelsDir, 'a.gguf'), 1);
    let library = open();
    const { id } = named(await rescan(library), 'a.gguf');
    const renamed = await library.api.rename({ id, name: 'My own' }, never);
    expect(named(renamed, 'a.gguf')).toMatchObject({ name: 'My own', renamed: true, fileName: 'a.gguf' });
    expect((await library.find(id)).name).toBe('My own');
    library.close();
    await putModel(path, 2);
    library = open();
    expect(named(await rescan(library), 'a.gguf').name).toBe('My own');
    const back = await library.api.rename({ id, name: null }, never);
    expect(named(back, 'a.gguf')).toMatchObject({ name: 'Model 2', renamed: false });
    await expect(library.api.rename({ id: 'nobody', name: 'x' }, never)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('deleting a model', () => {
  it('removes all parts and the folders left empty, and tells the bytes the disk got back', async () => {
    const { modelsDir, open } = makeHome();
    const folder = join(modelsDir, 'org/repo');
    for (const n of [1, 2, 3]) await putModel(join(folder, `big-0000${n}-of-00003.gguf`), n);
    await putModel(join(modelsDir, 'org/other/keep.gguf'), 9);
    const size = [1, 2, 3].reduce(
      (sum, n) => sum + statSync(join(folder, `big-0000${n}-of-00003.gguf`)).size,
      0,
    );
    const deleted: string[] = [];
    const library = open({ onDeleted: (path) => deleted.push(path) });
    const model = named(await rescan(library), 'big-00001-of-00003.gguf');
    expect(model).toMatchObject({ parts: 3, size, owned: true });
    const { freed, library: after } = await library.api.delete({ id: model.id }, never);
    expect(freed).toBe(size);
    expect(after.models.map(({ fileName }) => fileName)).toEqual(['keep.gguf']);
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(modelsDir, 'org/other/keep.gguf'))).toBe(true);
    expect(deleted).toEqual([join(folder, 'big-00001-of-00003.gguf')]);
  });

  it('leaves a loaded model, one that lies elsewhere, and whatever a link leads to', async () => {
    const { home, modelsDir, open } = makeHome();
    const used = await putModel(join(modelsDir, 'used.gguf'), 1);
    const foreign = await putModel(join(home, 'foreign.gguf'), 2);
    symlinkSync(foreign, join(modelsDir, 'link.gguf'));
    await putModel(join(home, 'outside/secret.gguf'), 3);
    let loaded = '';
    const library = open({ inUse: (id) => id === loaded });
    await library.api.add({ path: foreign }, never);
    const snapshot = await rescan(library);
    loaded = named(snapshot, 'used.gguf').id;
    await expect(library.api.delete({ id: loaded }, never)).rejects.toMatchObject({ code: 'busy' });
    await expect(library.api.delete({ id: named(snapshot, 'foreign.gguf').id }, never)).rejects.toMatchObject(
      {
        code: 'conflict',
        message: expect.stringContaining('outside your models folder'),
      },
    );
    const { freed } = await library.api.delete({ id: named(snapshot, 'link.gguf').id }, never);
    expect(freed).toBe(0);
    expect([existsSync(used), existsSync(foreign), existsSync(join(modelsDir, 'link.gguf'))]).toEqual([
      true,
      true,
      false,
    ]);

    // A folder that is swapped for a link between the look and the click leads nowhere.
    await putModel(join(modelsDir, 'org/secret.gguf'), 4);
    const { id } = named(await rescan(library), 'secret.gguf');
    renameSync(join(modelsDir, 'org'), join(home, 'moved'));
    symlinkSync(join(home, 'outside'), join(modelsDir, 'org'));
    await expect(library.api.delete({ id }, never)).rejects.toMatchObject({
      code: expect.stringMatching(/conflict|not_found/),
    });
    expect(existsSync(join(home, 'outside/secret.gguf'))).toBe(true);
  });

  it('counts nothing for a file that has another name on the disk', async () => {
    const { home, modelsDir, open } = makeHome();
    linkSync(await putModel(join(home, 'other.gguf'), 1), join(modelsDir, 'twin.gguf'));
    const library = open();
    const { id } = named(await rescan(library), 'twin.gguf');
    expect((await library.api.delete({ id }, never)).freed).toBe(0);
  });

  it('also takes away what is no model at all: a broken link, a part without the others', async () => {
    const { modelsDir, open } = makeHome();
    symlinkSync(join(modelsDir, 'nowhere'), join(modelsDir, 'gone.gguf'));
    const part = await putModel(join(modelsDir, 'x-00002-of-00002.gguf'), 1);
    const library = open();
    const snapshot = await rescan(library);
    expect(named(snapshot, 'gone.gguf')).toMatchObject({
      state: 'invalid',
      reason: expect.stringContaining('link to'),
    });
    for (const { id } of snapshot.models) await library.api.delete({ id }, never);
    expect((await rescan(library)).models).toEqual([]);
    expect(existsSync(part)).toBe(false);
  });
});

describe('verifying a model', () => {
  it('compares with the hash of the hub, on the way through every byte of every part', async () => {
    const { modelsDir, open } = makeHome();
    const parts = [1, 2].map((n) => join(modelsDir, `big-0000${n}-of-00002.gguf`));
    for (const [n, path] of parts.entries()) await putModel(path, n + 1);
    const hubHashes = () => [{ path: parts[0] ?? '', sha256: parts.map(sha256) }];
    const hashes = hubHashes();
    let library = open({ hubHashes: () => hashes });
    const model = named(await rescan(library), 'big-00001-of-00002.gguf');
    // It was verified while it was fetched.
    expect(model.check).toMatchObject({
      result: 'verified',
      against: 'hub',
      at: statSync(parts[0] ?? '').mtimeMs,
    });
    const { check, seen } = await verify(library, model.id);
    expect(check).toMatchObject({ result: 'verified', against: 'hub' });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    library.close();

    // The download is no longer listed; the second part was damaged since.
    differ(parts[1] ?? '');
    library = open();
    expect(named(await rescan(library), 'big-00001-of-00002.gguf').check).toBeNull();
    expect((await verify(library, model.id)).check).toMatchObject({ result: 'differs', against: 'hub' });
    expect(named(library.topic.value, 'big-00001-of-00002.gguf').check).toMatchObject({ result: 'differs' });
  });

  it('keeps the hash of a file that nobody knows, and notices the next time that it changed', async () => {
    const { home, open } = makeHome();
    const path = await putModel(join(home, 'mine.gguf'), 1);
    let library = open();
    const { id } = named(await Promise.resolve(library.api.add({ path }, never)), 'mine.gguf');
    expect((await verify(library, id)).check).toMatchObject({ result: 'noted', against: null });
    expect((await verify(library, id)).check).toMatchObject({ result: 'verified', against: 'earlier' });
    library.close();
    library = open();
    expect(named(await rescan(library), 'mine.gguf').check).toMatchObject({ result: 'verified' });
    differ(path);
    expect(named(await rescan(library), 'mine.gguf').check).toBeNull();
    expect((await verify(library, id)).check).toMatchObject({ result: 'differs', against: 'earlier' });
    // Told once: what is there now is what it is compared with from then on.
    expect((await verify(library, id)).check).toMatchObject({ result: 'verified', against: 'earlier' });
  });

  it('notes nothing of a file whose structure is broken or that is gone', async () => {
    const { modelsDir, open } = makeHome();
    const path = await putModel(join(modelsDir, 'cut.gguf'), 1);
    const library = open();
    const { id } = named(await rescan(library), 'cut.gguf');
    truncateSync(path, 100_000);
    await expect(verify(library, id)).rejects.toMatchObject({ code: 'model_invalid' });
    renameSync(path, `${path}.away`);
    await expect(verify(library, id)).rejects.toMatchObject({ code: 'model_missing' });
    renameSync(`${path}.away`, path);
    expect(named(await rescan(library), 'cut.gguf').check).toBeNull();
  });

  it('ends when nobody waits for it any more', async () => {
    const { modelsDir, open } = makeHome();
    const path = await putModel(join(modelsDir, 'long.gguf'), 1);
    mkdirSync(join(modelsDir, 'x'));
    appendFileSync(path, Buffer.alloc(1024));
    truncateSync(path, 8e9); // Sparse: long to read, nothing on the disk.
    const library = open();
    const { id } = named(await rescan(library), 'long.gguf');
    const leave = new AbortController();
    const started = library.api.verify({ id }, { signal: leave.signal })[Symbol.asyncIterator]();
    expect((await started.next()).value).toMatchObject({ check: null, size: 8e9 });
    leave.abort();
    await expect(started.next().then(() => started.next())).rejects.toMatchObject({ code: 'cancelled' });
    expect(named(library.topic.value, 'long.gguf').check).toBeNull();
  });
});
