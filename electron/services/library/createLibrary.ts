import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, normalize } from 'node:path';
import { createTopic, type Topic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { LibrarySnapshot, Model } from '../../contract/library.ts';
import type { SpawnChild } from '../children.ts';
import { findAdded, findInFolder } from './findFiles.ts';
import { createFolderWatcher } from './folderWatcher.ts';
import { groupParts, type ModelFiles } from './groupParts.ts';
import { createScanner } from './scanner.ts';
import { openSources } from './sources.ts';

type Source = LibrarySnapshot['sources'][number];
type Readable = Extract<Model, { state: 'ok' }>;

/** The model files on this machine that the app knows, kept current as folders change. */
export interface Library {
  readonly api: Service<AppContract>['library'];
  readonly topic: Topic<LibrarySnapshot>;
  /** A readable model by id; waits for a first look at the folders. Throws `model_missing` or `model_invalid`. */
  find(id: string): Promise<Readable>;
  /** The model to use when none was chosen: what the person added, else the built-in one. */
  fallback(): Promise<Readable | undefined>;
  close(): void;
}

/** Opens the library over the models folder, the built-in models, and what the person added. */
export function createLibrary(options: {
  dataDir: string;
  modelsDir: string;
  builtinDir: string | null;
  spawn: SpawnChild;
  scanEntry: string;
}): Library {
  const added = openSources(options.dataDir);
  const scanner = createScanner({ spawn: options.spawn, entry: options.scanEntry });
  const topic = createTopic<LibrarySnapshot>({ models: [], sources: [], scanning: true });
  const known = new Map<string, { stamp: string; model: Model }>();
  let running: Promise<void> | undefined;
  let again = false;
  let debounce: NodeJS.Timeout | undefined;
  let closed = false;

  const soon = () => {
    clearTimeout(debounce);
    debounce = setTimeout(() => void rescan(), 300);
    debounce.unref();
  };
  const watcher = createFolderWatcher(soon);

  const roots = (): (Pick<Source, 'path' | 'kind' | 'role'> & { source: Model['source'] })[] => [
    ...(options.builtinDir
      ? [{ path: options.builtinDir, kind: 'folder', role: 'builtin', source: 'builtin' } as const]
      : []),
    { path: options.modelsDir, kind: 'folder', role: 'own', source: 'folder' },
    ...added.all().map((entry) => ({ ...entry, role: 'added', source: entry.kind }) as const),
  ];

  const makeOwnFolder = () => {
    try {
      mkdirSync(options.modelsDir, { recursive: true, mode: 0o700 });
    } catch {
      // A disk that takes nothing is told by the storage status, and this folder by its problem; other models still work.
    }
  };

  const look = async () => {
    makeOwnFolder();
    topic.update((now) => ({ ...now, scanning: true }));
    const sources: Source[] = [];
    const groups = new Map<string, { files: ModelFiles; source: Model['source'] }>();
    const folders: string[] = [];
    for (const { source, ...root } of roots()) {
      const found = root.kind === 'folder' ? await findInFolder(root.path) : await findAdded(root.path);
      folders.push(...found.folders);
      sources.push({ ...root, problem: found.problem });
      for (const files of groupParts(found.files)) {
        if (!groups.has(files.first.path)) groups.set(files.first.path, { files, source });
      }
    }
    const models = [...groups.values()].map(({ files, source }) => remembered(files, source));
    for (const path of known.keys()) if (!groups.has(path)) known.delete(path);
    topic.set({ models, sources, scanning: true });
    watcher.follow(folders);
    for (const { files, source } of groups.values()) await read(files, source);
    topic.update((now) => ({ ...now, scanning: false }));
  };

  const remembered = (files: ModelFiles, source: Model['source']): Model => {
    const found = known.get(files.first.path);
    return found?.stamp === files.stamp ? found.model : { ...basics(files, source), state: 'reading' };
  };

  const read = async (files: ModelFiles, source: Model['source']) => {
    const { path } = files.first;
    if (closed || known.get(path)?.stamp === files.stamp) return;
    const model = await readModel(files, source);
    known.set(path, { stamp: files.stamp, model });
    topic.update((now) => ({ ...now, models: now.models.map((old) => (old.id === model.id ? model : old)) }));
  };

  const readModel = async (files: ModelFiles, source: Model['source']): Promise<Model> => {
    const base = basics(files, source);
    if (files.problem) return { ...base, state: 'invalid', reason: files.problem };
    try {
      const { summary } = await scanner.read(files.first.path);
      return { ...base, name: summary.name ?? base.name, state: 'ok', summary };
    } catch (error) {
      return { ...base, state: 'invalid', reason: error instanceof Error ? error.message : String(error) };
    }
  };

  /** Looks at everything once more; calls during a look share one more look after it. */
  const rescan = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      try {
        do {
          again = false;
          await look();
        } while (again && !closed);
      } finally {
        // In the same breath as the last look at `again`: whoever asks from now on starts a look of their own.
        running = undefined;
      }
    })();
    return running;
  };

  const settled = async () => {
    if (running) await running;
    return topic.value;
  };

  void rescan();
  return {
    topic,
    async find(id) {
      const quick = topic.value.models.find((model) => model.id === id);
      const model = quick?.state === 'ok' ? quick : (await settled()).models.find((other) => other.id === id);
      if (!model) {
        throw new InklingError(
          'model_missing',
          'The chosen model is not on this machine any more. Choose another one, or put its file back and look again in Models.',
        );
      }
      if (model.state !== 'ok') {
        const reason = model.state === 'invalid' ? model.reason : 'It is still being read.';
        throw new InklingError('model_invalid', `${model.name} cannot be used. ${reason}`);
      }
      return model;
    },
    async fallback() {
      const { models } = await settled();
      const readable = models.filter((model): model is Readable => model.state === 'ok');
      return readable.find((model) => model.source === 'builtin') ?? readable[0];
    },
    close() {
      closed = true;
      clearTimeout(debounce);
      watcher.close();
      scanner.close();
    },
    api: {
      watch: (_input, { signal }) => topic.watch(signal),
      async add({ path }) {
        added.add(await inspect(path));
        await rescan();
        return topic.value;
      },
      async remove({ path }) {
        if (!added.all().some((entry) => entry.path === path)) {
          throw new InklingError(
            'not_found',
            'This place was not added by hand, so it cannot be removed from the list.',
          );
        }
        added.remove(path);
        await rescan();
        return topic.value;
      },
      async rescan() {
        await rescan();
        return topic.value;
      },
    },
  };
}

async function inspect(path: string): Promise<{ path: string; kind: 'file' | 'folder' }> {
  if (!isAbsolute(path))
    throw new InklingError('bad_input', 'Give the whole path, from the root of the disk.');
  const clean = normalize(path).replace(/(.)[/\\]+$/, '$1');
  const facts = await stat(clean).catch((error: NodeJS.ErrnoException) => {
    throw new InklingError(
      'not_found',
      `There is nothing to read at ${clean} (${error.code ?? error.message}).`,
    );
  });
  if (facts.isDirectory()) return { path: clean, kind: 'folder' };
  if (!facts.isFile()) throw new InklingError('bad_input', `${clean} is neither a file nor a folder.`);
  if (!/\.gguf$/i.test(clean)) {
    throw new InklingError(
      'bad_input',
      'Only GGUF files can be used. This file has another ending; nothing was changed.',
    );
  }
  return { path: clean, kind: 'file' };
}

function basics(files: ModelFiles, source: Model['source']) {
  const { path } = files.first;
  const fileName = basename(path);
  // The app may lie somewhere else at each start (an AppImage does); what came with it is known by its name.
  const identity = source === 'builtin' ? `builtin:${fileName}` : path;
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 20),
    name: fileName.replace(/(-\d{5}-of-\d{5})?\.gguf$/i, ''),
    path,
    fileName,
    size: files.size,
    parts: files.parts,
    source,
  };
}
