import type { Topic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { LibrarySnapshot, Model } from '../../contract/library.ts';
import type { SpawnChild } from '../children.ts';
import { inspectAdded } from './addSource.ts';
import { deleteModel } from './deleteModel.ts';
import { createHasher } from './hasher.ts';
import type { HubHashes } from './hubHashes.ts';
import type { Root } from './inventory.ts';
import { openModelNotes } from './modelNotes.ts';
import { createOtherApps } from './otherApps/createOtherApps.ts';
import { type AppWorld, thisWorld } from './otherApps/places.ts';
import { createScanner } from './scanner.ts';
import { createShelf } from './shelf.ts';
import { type AddedSource, openSources } from './sources.ts';
import { verifyModel } from './verifyModel.ts';

type Readable = Extract<Model, { state: 'ok' }>;

/** The model files on this machine that the app knows, kept current as folders change. */
export interface Library {
  readonly api: Service<AppContract>['library'];
  readonly topic: Topic<LibrarySnapshot>;
  /** A readable model by id; waits for a first look at the folders. Throws `model_missing` or `model_invalid`. */
  find(id: string): Promise<Readable>;
  /** The model to use when none was chosen: the one that came with the app, else the first that can be used. */
  fallback(): Promise<Readable | undefined>;
  close(): void;
}

/** What the library needs of the app around it. */
export interface LibraryOptions {
  readonly dataDir: string;
  readonly modelsDir: string;
  readonly builtinDir: string | null;
  readonly spawn: SpawnChild;
  readonly scanEntry: string;
  /** The hashes of what was fetched from the hub. */
  readonly hubHashes?: () => readonly HubHashes[];
  /** Whether a model is loaded or being loaded. */
  readonly inUse?: (id: string) => boolean;
  /** Hears of a model whose files were deleted, by the path of its first part. */
  readonly onDeleted?: (path: string) => void;
  /** Where other apps keep their models; this account's places if not given. */
  readonly world?: AppWorld;
}

/** Opens the library over the models folder, the built-in models, and what the person added. */
export function createLibrary(options: LibraryOptions): Library {
  const { modelsDir, builtinDir } = options;
  const process = { spawn: options.spawn, entry: options.scanEntry };
  const added = openSources(options.dataDir);
  const notes = openModelNotes(options.dataDir);
  const scanner = createScanner(process);
  const hasher = createHasher(process);
  const shelf = createShelf({
    modelsDir,
    roots: () => rootsOf({ modelsDir, builtinDir, added: added.all() }),
    scanner,
    notes,
    hubHashes: options.hubHashes ?? (() => []),
  });
  const otherApps = createOtherApps({ world: options.world ?? thisWorld(), shelf, notes, hasher });

  return {
    topic: shelf.topic,
    async find(id) {
      const quick = shelf.topic.value.models.find((model) => model.id === id);
      const model =
        quick?.state === 'ok' ? quick : (await shelf.settled()).models.find((other) => other.id === id);
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
      const { models } = await shelf.settled();
      // An adapter answers nothing by itself.
      const readable = models.filter(
        (model): model is Readable => model.state === 'ok' && model.summary.kind === 'model',
      );
      return readable.find((model) => model.source === 'builtin') ?? readable[0];
    },
    close() {
      shelf.close();
      scanner.close();
      hasher.close();
    },
    api: {
      watch: (_input, { signal }) => shelf.topic.watch(signal),
      async add({ path }) {
        added.add([await inspectAdded(path)]);
        return shelf.rescan();
      },
      async remove({ path }) {
        if (!added.all().some((entry) => entry.path === path)) {
          throw new InklingError(
            'not_found',
            'This place was not added by hand, so it cannot be removed from the list.',
          );
        }
        added.remove(path);
        return shelf.rescan();
      },
      rescan: shelf.rescan,
      async rename({ id, name }) {
        await shelf.entry(id);
        notes.set(id, { name });
        return shelf.refresh();
      },
      async delete({ id }) {
        const entry = await shelf.entry(id);
        if (options.inUse?.(id))
          throw new InklingError('busy', 'This model is loaded. Unload it first, then delete it.');
        const freed = await deleteModel(entry, modelsDir);
        notes.remove(id);
        options.onDeleted?.(entry.files.first.path);
        return { freed, library: await shelf.rescan() };
      },
      async *verify({ id }, { signal }) {
        const entry = await shelf.entry(id);
        for await (const progress of verifyModel({ entry, notes, hasher, scanner, signal })) {
          if (progress.check) shelf.refresh();
          yield progress;
        }
      },
      findOthers: (_input, { signal }) => otherApps.look(signal),
      async adopt({ ids }) {
        added.add(otherApps.chosen(ids));
        return shelf.rescan();
      },
    },
  };
}

function rootsOf(places: {
  readonly modelsDir: string;
  readonly builtinDir: string | null;
  readonly added: readonly AddedSource[];
}): Root[] {
  const { modelsDir, builtinDir, added } = places;
  const ours = { kind: 'folder', name: null, app: null, sha256: null } as const;
  const builtin =
    builtinDir === null ? [] : [{ ...ours, path: builtinDir, role: 'builtin', source: 'builtin' } as const];
  const own = { ...ours, path: modelsDir, role: 'own', source: 'folder' } as const;
  return [
    ...builtin,
    own,
    ...added.map((entry) => ({ ...entry, role: 'added', source: entry.kind }) as const),
  ];
}
