import { mkdirSync } from 'node:fs';
import { createTopic, type Topic } from '../../base/topic.ts';
import { InklingError } from '../../contract/errors.ts';
import type { LibrarySnapshot } from '../../contract/library.ts';
import { createFolderWatcher } from './folderWatcher.ts';
import { type HubHashes, noteHubHashes } from './hubHashes.ts';
import { type Entry, type Root, takeInventory } from './inventory.ts';
import type { ModelNotes } from './modelNotes.ts';
import { type Scanner, scanLanes } from './scanner.ts';
import { type HeaderRead, toModel } from './toModel.ts';

/** All models at all places, read once and again when their files change. */
export interface Shelf {
  readonly topic: Topic<LibrarySnapshot>;
  readonly entries: readonly Entry[];
  /** Looks at everything once more; calls during a look share one more look after it. */
  rescan(): Promise<LibrarySnapshot>;
  /** What is known once no look is under way. */
  settled(): Promise<LibrarySnapshot>;
  /** Throws `not_found`. */
  entry(id: string): Promise<Entry>;
  /** Shows what was noted of models. */
  refresh(): LibrarySnapshot;
  close(): void;
}

/** How long to wait for more changes of a folder before a look, in ms. */
const debounceMs = 300;

/** Makes a {@link Shelf} and begins the first look. `roots` are asked for at each one. */
export function createShelf(options: {
  readonly modelsDir: string;
  readonly roots: () => readonly Root[];
  readonly scanner: Scanner;
  readonly notes: ModelNotes;
  readonly hubHashes: () => readonly HubHashes[];
}): Shelf {
  const { scanner, notes } = options;
  const topic = createTopic<LibrarySnapshot>({ models: [], sources: [], scanning: true });
  const known = new Map<string, { stamp: string; read: HeaderRead }>();
  let entries: readonly Entry[] = [];
  let sources: LibrarySnapshot['sources'] = [];
  let running: Promise<void> | undefined;
  let again = false;
  let debounce: NodeJS.Timeout | undefined;
  let closed = false;

  const watcher = createFolderWatcher(() => {
    clearTimeout(debounce);
    debounce = setTimeout(() => void rescan(), debounceMs);
    debounce.unref();
  });

  const readOf = ({ files }: Entry): HeaderRead => {
    if (files.problem !== null) return { state: 'invalid', reason: files.problem };
    const found = known.get(files.first.path);
    return found?.stamp === files.stamp ? found.read : null;
  };
  const publish = (scanning: boolean) => {
    const models = entries.map((entry) => toModel(entry, readOf(entry), notes.get(entry.id)));
    topic.set({ models, sources, scanning });
    return topic.value;
  };

  const look = async () => {
    makeFolder(options.modelsDir);
    publish(true);
    const found = await takeInventory(options.roots());
    ({ entries, sources } = found);
    const paths = new Set(entries.map(({ files }) => files.first.path));
    for (const path of known.keys()) if (!paths.has(path)) known.delete(path);
    noteHubHashes(entries, options.hubHashes(), notes);
    publish(true);
    watcher.follow(found.folders);
    const waiting = entries.filter((entry) => readOf(entry) === null);
    // One more than are read at once, so that the next file waits ready.
    await Promise.all(Array.from({ length: scanLanes + 1 }, () => readAll(waiting)));
    publish(false);
  };
  const readAll = async (waiting: Entry[]) => {
    for (let entry = waiting.shift(); entry && !closed; entry = waiting.shift()) {
      const { first, stamp } = entry.files;
      known.set(first.path, { stamp, read: await readHeader(scanner, first.path) });
      publish(true);
    }
  };

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
    get entries() {
      return entries;
    },
    rescan: async () => {
      await rescan();
      return topic.value;
    },
    settled,
    async entry(id) {
      const find = () => entries.find((entry) => entry.id === id);
      const entry = find() ?? (await settled().then(find));
      if (entry) return entry;
      throw new InklingError('not_found', 'This model is not in the list any more. Look again in Models.');
    },
    refresh: () => publish(running !== undefined),
    close() {
      closed = true;
      clearTimeout(debounce);
      watcher.close();
    },
  };
}

async function readHeader(scanner: Scanner, path: string): Promise<HeaderRead> {
  try {
    return { state: 'ok', summary: (await scanner.read(path)).summary };
  } catch (error) {
    return { state: 'invalid', reason: error instanceof Error ? error.message : String(error) };
  }
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch {
    // A disk that takes nothing is told by the storage status, and this folder by its problem; other models still work.
  }
}
