import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OtherModels } from '../../../electron/contract/library.ts';
import type { Library } from '../../../electron/services/library/createLibrary.ts';
import { makeHome, named, never, putModel, worldOf } from './openLibrary.ts';

const hashOf = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
function put(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
function copy(from: string, to: string): string {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
  return to;
}
async function look(library: Library, signal = never.signal): Promise<OtherModels> {
  let newest: OtherModels | undefined;
  for await (const now of library.api.findOthers(undefined, { signal })) newest = now;
  if (!newest) throw new Error('nothing was told');
  return newest;
}
const rows = ({ models }: OtherModels) => models.map(({ app, name, problem }) => [app, name, problem]);

/** Puts a model into an Ollama store as `ollama pull` does. */
function pull(store: string, model: string, name: string, more: object = {}): string {
  const hash = hashOf(model);
  const blob = copy(model, join(store, `blobs/sha256-${hash}`));
  const layers = [
    { mediaType: 'application/vnd.ollama.image.model', digest: `sha256:${hash}`, size: statSync(model).size },
    { mediaType: 'application/vnd.ollama.image.license', digest: `sha256:${'a'.repeat(64)}`, size: 3 },
  ];
  put(join(store, 'manifests', name), JSON.stringify({ schemaVersion: 2, layers, ...more }));
  return blob;
}
/** Puts a file into a Hugging Face cache: a blob and a link to it. */
function cache(hub: string, repo: string, commit: string, file: string, model: string): string {
  const folder = join(hub, `models--${repo.replace('/', '--')}`);
  const blob = join(folder, 'blobs', hashOf(model));
  if (!statSync(blob, { throwIfNoEntry: false })) copy(model, blob);
  const link = join(folder, 'snapshots', commit, file);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(relative(dirname(link), blob), link);
  return link;
}

describe('models of other apps', () => {
  it('are found where each app keeps them, with their names, and nothing is touched', async () => {
    const { home, open } = makeHome();
    const made = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => putModel(join(home, `made/${n}`), n)));
    const [one = '', two = '', three = '', four = '', five = '', six = '', seven = ''] = made;
    copy(one, join(home, '.lmstudio/models/pub/repo/lm.gguf'));
    copy(one, join(home, '.lmstudio/models/pub/repo/mmproj-lm.gguf'));
    pull(join(home, '.ollama/models'), two, 'registry.ollama.ai/library/tiny/latest');
    pull(join(home, 'shared/ollama/.ollama/models'), seven, 'registry.ollama.ai/library/served/8b');
    cache(join(home, '.cache/huggingface/hub'), 'org/repo', 'c'.repeat(40), 'BF16/hf.gguf', three);
    copy(four, join(home, '.local/share/Jan/data/llamacpp/models/org/jan-4b/model.gguf'));
    put(
      join(home, '.local/share/Jan/data/llamacpp/models/org/jan-4b/model.yml'),
      `embedding: false\nmodel_path: llamacpp/models/org/jan-4b/model.gguf\nmodel_sha256: ${hashOf(four)}\nname: "Jan 4B"\n`,
    );
    copy(five, join(home, '.local/share/nomic.ai/GPT4All/gpt.gguf'));
    copy(five, join(home, '.local/share/nomic.ai/GPT4All/incomplete-gpt2.gguf'));
    copy(six, join(home, '.cache/llama.cpp/org_repo_cpp.gguf'));
    const found = await look(open());
    expect(found).toMatchObject({ state: 'done', duplicates: 0, compared: 0 });
    expect(rows(found)).toEqual([
      ['lmStudio', 'lm', null],
      ['ollama', 'tiny:latest', null],
      ['ollama', 'served:8b', null],
      ['huggingFace', 'org/repo: hf', null],
      ['jan', 'org/jan-4b', null],
      ['gpt4all', 'gpt', null],
      ['llamaCpp', 'org_repo_cpp', null],
    ]);
    expect(found.places.map(({ app, path }) => [app, relative(home, path)])).toContainEqual([
      'ollama',
      '.ollama/models',
    ]);
    expect(found.models.every(({ known }) => known === null)).toBe(true);
  });

  it('are used in place once chosen: a blob of Ollama under its name, a link of the cache, parts together', async () => {
    const { home, open } = makeHome();
    const model = await putModel(join(home, 'made/1'), 1);
    const parts = [await putModel(join(home, 'made/2'), 2), await putModel(join(home, 'made/3'), 3)];
    const blob = pull(join(home, '.ollama/models'), model, 'hf.co/org/repo/Q4_K_M');
    const hub = join(home, '.cache/huggingface/hub');
    for (const [n, part] of parts.entries())
      cache(hub, 'big/one', 'd'.repeat(40), `big-0000${n + 1}-of-00002.gguf`, part);
    let library = open();
    const found = await look(library);
    expect(found.models.map(({ name, parts }) => [name, parts])).toEqual([
      ['hf.co/org/repo:Q4_K_M', 1],
      ['big/one: big', 2],
    ]);
    const listed = await library.api.adopt({ ids: found.models.map(({ id }) => id) }, never);
    expect(named(listed, `sha256-${hashOf(model)}`)).toMatchObject({
      state: 'ok',
      name: 'hf.co/org/repo:Q4_K_M',
      app: 'ollama',
      path: blob,
      owned: false,
      source: 'file',
    });
    expect(named(listed, 'big-00001-of-00002.gguf')).toMatchObject({ parts: 2, app: 'huggingFace' });
    expect((await look(library)).models.map(({ known }) => known)).toEqual([
      'hf.co/org/repo:Q4_K_M',
      expect.any(String),
    ]);
    library.close();

    library = open();
    const again = await Promise.resolve(library.api.rescan(null, never));
    const { id } = named(again, `sha256-${hashOf(model)}`);
    expect((await library.find(id)).name).toBe('hf.co/org/repo:Q4_K_M');
    // Its name is its hash, so every byte can be checked.
    let check: unknown;
    for await (const progress of library.api.verify({ id }, never)) check = progress.check;
    expect(check).toMatchObject({ result: 'verified', against: 'app' });
    await expect(library.api.delete({ id }, never)).rejects.toMatchObject({ code: 'conflict' });
    // The other app deletes it: the place says so, and the model leaves the list.
    rmSync(blob);
    const gone = await Promise.resolve(library.api.rescan(null, never));
    expect(gone.models).toHaveLength(1);
    expect(gone.sources.find(({ app }) => app === 'ollama')).toMatchObject({
      name: 'hf.co/org/repo:Q4_K_M',
      problem: expect.stringContaining('not there any more'),
    });
  });

  it('that are the same byte for byte are shown once, by hash only where the size and samples are equal', async () => {
    const { home, modelsDir, open } = makeHome();
    const mine = await putModel(join(modelsDir, 'mine.gguf'), 1, 'Mine');
    const lm = join(home, '.lmstudio/models/pub/repo');
    copy(mine, join(lm, 'copy-of-mine.gguf'));
    const other = await putModel(join(lm, 'other.gguf'), 2);
    copy(other, join(home, '.local/share/nomic.ai/GPT4All/other-again.gguf'));
    // The same size and the same samples, but one byte that no sample holds differs.
    const bytes = readFileSync(other);
    bytes.writeUInt8(bytes.readUInt8(100_000) ^ 1, 100_000);
    writeFileSync(join(home, '.local/share/nomic.ai/GPT4All/almost.gguf'), bytes);
    const found = await look(open());
    expect(found.models.map(({ name, known }) => [name, known])).toEqual([
      ['copy-of-mine', 'Mine'],
      ['other', null],
      ['almost', null],
    ]);
    expect(found.duplicates).toBe(1);
    expect(found.toCompare).toBeGreaterThan(0);
    expect(found.compared).toBe(found.toCompare);
  });

  it('behind links that lead out, in manifests that lie, or unfinished are not taken', async () => {
    const { home, open } = makeHome();
    const model = await putModel(join(home, 'private/secret.gguf'), 1);
    const lm = join(home, '.lmstudio/models/pub');
    mkdirSync(lm, { recursive: true });
    symlinkSync(model, join(lm, 'file.gguf'));
    symlinkSync(join(home, 'private'), join(lm, 'folder'));
    // A snapshot that leads out of its blobs.
    const snapshot = join(home, '.cache/huggingface/hub/models--a--b/snapshots/x');
    mkdirSync(snapshot, { recursive: true });
    symlinkSync(model, join(snapshot, 'out.gguf'));
    const linked = join(home, '.cache/huggingface/hub/models--c--d');
    mkdirSync(join(linked, 'snapshots/x'), { recursive: true });
    symlinkSync(join(home, 'private'), join(linked, 'blobs'));
    symlinkSync('../../blobs/secret.gguf', join(linked, 'snapshots/x/out.gguf'));
    // Ollama: a digest with a path, a link as a blob, a half fetched one, no JSON, tensors only, too deep a name.
    const store = join(home, '.ollama/models');
    const layer = (digest: string, size = 5) => ({
      layers: [{ mediaType: 'application/vnd.ollama.image.model', digest, size }],
    });
    const at = (name: string) => join(store, 'manifests/registry.ollama.ai/library', name);
    put(at('path/latest'), JSON.stringify(layer('sha256:../../../private/secret.gguf')));
    put(at('link/latest'), JSON.stringify(layer(`sha256:${'b'.repeat(64)}`)));
    mkdirSync(join(store, 'blobs'), { recursive: true });
    symlinkSync(model, join(store, `blobs/sha256-${'b'.repeat(64)}`));
    put(at('broken/latest'), '{');
    put(at('tensors/latest'), JSON.stringify({ layers: [] }));
    put(at('deep/er/latest'), JSON.stringify(layer(`sha256:${'b'.repeat(64)}`)));
    const half = pull(store, model, 'registry.ollama.ai/library/half/latest');
    truncateSync(half, 1000);
    put(join(home, '.local/share/nomic.ai/GPT4All/empty.gguf'), '');
    // Jan: a note that leads out of its folder.
    put(
      join(home, '.local/share/Jan/data/llamacpp/models/x/model.yml'),
      'model_path: ../../../../private/secret.gguf\n',
    );
    const library = open();
    const found = await look(library);
    expect(rows(found)).toEqual([
      ['ollama', 'half:latest', expect.stringContaining('not fetched the whole')],
      ['gpt4all', 'empty', expect.stringContaining('not a whole GGUF')],
    ]);
    await expect(
      Promise.resolve().then(() => library.api.adopt({ ids: found.models.map(({ id }) => id) }, never)),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(library.topic.value.models).toEqual([]);
  });

  it('follow the places that people chose', async () => {
    const { home, open } = makeHome();
    const made = await Promise.all([1, 2, 3].map((n) => putModel(join(home, `made/${n}`), n)));
    const [one = '', two = '', three = ''] = made;
    put(join(home, '.lmstudio-home-pointer'), `${join(home, 'lm-home')}\n`);
    put(join(home, 'lm-home/settings.json'), JSON.stringify({ downloadsFolder: join(home, 'disk2') }));
    copy(one, join(home, 'disk2/pub/repo/moved.gguf'));
    pull(join(home, 'ollama2'), two, 'registry.ollama.ai/me/mine/v1');
    cache(join(home, 'hf2/hub'), 'a/b', 'e'.repeat(40), 'hf.gguf', three);
    const env = { OLLAMA_MODELS: join(home, 'ollama2'), HF_HOME: join(home, 'hf2') };
    const found = await look(open({ world: worldOf(home, { env }) }));
    expect(rows(found)).toEqual([
      ['lmStudio', 'moved', null],
      ['ollama', 'me/mine:v1', null],
      ['huggingFace', 'a/b: hf', null],
    ]);
  });

  it.each([
    ['darwin', 'Library/Application Support', 'Library/Caches/llama.cpp', 'Library/Application Support'],
    ['win32', 'AppData/Local', 'AppData/Local/llama.cpp', 'AppData/Roaming'],
  ] as const)('are looked for where %s keeps data', async (platform, local, llamaCpp, roaming) => {
    const { home, open } = makeHome();
    const made = await Promise.all([1, 2, 3].map((n) => putModel(join(home, `made/${n}`), n)));
    copy(made[0] ?? '', join(home, local, 'nomic.ai/GPT4All/gpt.gguf'));
    copy(made[1] ?? '', join(home, llamaCpp, 'cpp.gguf'));
    copy(made[2] ?? '', join(home, roaming, 'Jan/data/llamacpp/models/jan/model.gguf'));
    put(join(home, roaming, 'Jan/data/llamacpp/models/jan/model.yml'), 'name: jan\n');
    const found = await look(open({ world: worldOf(home, { platform }) }));
    expect(rows(found)).toEqual([
      ['jan', 'jan', null],
      ['gpt4all', 'gpt', null],
      ['llamaCpp', 'cpp', null],
    ]);
  });

  it('can be left in the middle of a long comparison', async () => {
    const { home, modelsDir, open } = makeHome();
    const long = await putModel(join(modelsDir, 'long.gguf'), 1);
    copy(long, join(home, '.local/share/nomic.ai/GPT4All/copy.gguf'));
    for (const path of [long, join(home, '.local/share/nomic.ai/GPT4All/copy.gguf')]) truncateSync(path, 8e9);
    const leave = new AbortController();
    const library = open();
    const looking = (async () => {
      for await (const { state, toCompare } of library.api.findOthers(undefined, { signal: leave.signal }))
        if (state === 'comparing' && toCompare > 0) leave.abort();
    })();
    await expect(looking).rejects.toMatchObject({ name: 'AbortError' });
    // Nothing holds the hasher: a short file is checked at once.
    const short = await putModel(join(modelsDir, 'short.gguf'), 2);
    const { id } = named(await Promise.resolve(library.api.rescan(null, never)), 'short.gguf');
    let check: unknown;
    for await (const progress of library.api.verify({ id }, never)) check = progress.check;
    expect(check).toMatchObject({ result: 'noted' });
    expect(statSync(short).size).toBeGreaterThan(0);
  });

  it.skipIf(process.getuid?.() === 0)('that this account may not read say so', async () => {
    const { home, open } = makeHome();
    const path = await putModel(join(home, '.local/share/nomic.ai/GPT4All/closed.gguf'), 1);
    chmodSync(path, 0);
    expect(rows(await look(open()))).toEqual([
      ['gpt4all', 'closed', expect.stringContaining('may not read')],
    ]);
  });
});
