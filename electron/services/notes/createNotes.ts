import { setTimeout as sleep } from 'node:timers/promises';
import { createTopic, type Topic } from '../../base/topic.ts';
import type { Service } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { FoundPassage, NoteScope } from '../../contract/noteSources.ts';
import type { NotesState } from '../../contract/notes.ts';
import type { Settings } from '../../contract/settings.ts';
import type { SpawnChild } from '../children.ts';
import { createMeaning, type LibraryModel } from './createMeaning.ts';
import { eraseKept } from './eraseKept.ts';
import { checkNewFolder, nameOfFolder } from './noteFolders.ts';
import { type NotesApi, superviseNotes } from './notesProcess.ts';
import { createPower } from './power.ts';

/** A disk may stop answering; then a person is told after this many ms. */
const patience = 30_000;
/** A question waits this many ms for its vector. */
const queryPatience = 5_000;
/** Saves that are on their way have so many ms when the app ends. */
const closePatience = 5_000;
/** Between looks at whether somebody chats, ms. */
const lookEvery = 200;

/** Everything but writing with the model, which is a service of its own. */
type Api = Omit<Service<AppContract>['notes'], 'write'>;
type Caller = (input: unknown, options: { signal: AbortSignal }) => Promise<unknown>;

/** The notes of the person: their folders, and everything that the notes process can do with them. */
export interface Notes {
  readonly api: Api;
  /** The passages for a question, best first. */
  find(question: string, scope: NoteScope, limit: number, signal: AbortSignal): Promise<FoundPassage[]>;
  /** Waits for saves that are on their way. */
  close(): Promise<void>;
}

/** Follows the folders of the settings. `trash` moves a file to the system's bin. */
export function createNotes(deps: {
  readonly dataDir: string;
  readonly spawn: SpawnChild;
  readonly entry: string;
  readonly settings: () => Settings;
  readonly setSettings: (patch: Partial<Pick<Settings, 'noteFolders' | 'embeddingModelId'>>) => void;
  readonly trash: (path: string) => Promise<void>;
  /** The engine's entry, for a process that computes vectors. */
  readonly engineEntry: string;
  /** Finds an embedding model in the library; throws if it is gone. */
  readonly embeddingModel: (id: string) => Promise<LibraryModel>;
  /** Changes when models come and go. */
  readonly models: Topic<unknown>;
  /** Somebody chats: vectors can wait. */
  readonly busy: () => boolean;
  readonly log: (message: string) => void;
}): Notes {
  const { dataDir, settings, setSettings } = deps;
  const power = createPower();
  let started: NotesApi | null = null;
  const meaning = createMeaning({
    spawn: deps.spawn,
    entry: deps.engineEntry,
    chosen: () => settings().embeddingModelId,
    find: deps.embeddingModel,
    models: deps.models,
    hindrance: async () => (deps.busy() ? 'chat' : (await power.waits()) ? 'battery' : null),
    onChange: () => tell(),
  });
  const process = superviseNotes({
    ...deps,
    entry: deps.entry,
    onStart(api) {
      started = api;
      meaning.serve(api);
    },
  });
  const follow = () => process.follow(settings().noteFolders);

  const snapshot = (): NotesState => ({
    folders: settings().noteFolders.map(({ id, path }) => ({
      id,
      path,
      name: nameOfFolder(path),
      problem: process.state.value.problems[id] ?? null,
    })),
    index: { ...process.state.value.index, problem: process.state.value.index.problem ?? meaning.problem },
    embeddingModelId: settings().embeddingModelId,
    meaning: meaning.by,
    waitsForPower: meaning.waitsForPower,
  });
  const topic = createTopic<NotesState>(snapshot());
  const tell = () => topic.set(snapshot());
  const closing = new AbortController();
  void (async () => {
    for await (const { answering } of process.state.watch(closing.signal)) {
      tell();
      meaning.heard(answering);
    }
  })();

  /** Asks the process, which may hang with the disk it reads. */
  const ask = async <T>(
    signal: AbortSignal,
    call: (api: NotesApi, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const late = AbortSignal.timeout(patience);
    try {
      return await call(process.api(), AbortSignal.any([signal, late]));
    } catch (error) {
      if (late.aborted && !signal.aborted)
        throw new InklingError(
          'timeout',
          'The folder of notes does not answer. Nothing was changed by this call as far as Inkling knows; look whether its disk is there, then try again.',
        );
      throw error;
    }
  };

  /** A call that the process answers as it is. */
  const forward = <N extends keyof NotesApi & keyof Api>(name: N): Api[N] =>
    ((input: unknown, { signal }: { signal: AbortSignal }) =>
      ask(signal, (api, within) => (api[name] as Caller)(input, { signal: within }))) as Api[N];

  const find: Api['find'] = async (input, { signal }) => {
    // Words alone find it, too, if the vector of the question does not come soon.
    const vector = await meaning
      .query(input.question, AbortSignal.any([signal, AbortSignal.timeout(queryPatience)]))
      .catch(() => null);
    return ask(signal, (api, within) => api.find({ ...input, vector }, { signal: within }));
  };

  const saving = new Set<Promise<unknown>>();
  // What people read on the screen goes before what they may ask for later.
  let held = false;
  const holding = setInterval(() => {
    if (deps.busy() === held || !started) return;
    held = !held;
    started.hold({ held }).catch(() => {});
  }, lookEvery);
  holding.unref();

  if (settings().noteFolders.length === 0) void eraseKept(dataDir).catch(() => {});
  follow();
  return {
    find: async (question, scope, limit, signal) =>
      (await find({ question, scope, limit }, { signal })).passages,
    api: {
      watch: (_input, { signal }) => topic.watch(signal),
      async addFolder({ path }) {
        const folder = await checkNewFolder(path, settings().noteFolders, dataDir);
        setSettings({ noteFolders: [...settings().noteFolders, folder] });
        follow();
        tell();
        return { ...folder, name: nameOfFolder(folder.path), problem: null };
      },
      async removeFolder({ id }, { signal }) {
        const left = settings().noteFolders.filter((folder) => folder.id !== id);
        setSettings({ noteFolders: left });
        follow();
        if (left.length > 0)
          await ask(signal, (api, within) => api.forget({ folderId: id, path: null }, { signal: within }));
        else await process.ended().then(() => eraseKept(dataDir));
        tell();
        return null;
      },
      list: (input, options) =>
        settings().noteFolders.length === 0 ? { notes: [] } : forward('list')(input, options),
      tags: (input, options) =>
        settings().noteFolders.length === 0 ? { tags: [] } : forward('tags')(input, options),
      read: forward('read'),
      async save(input, options) {
        const saved = Promise.resolve(forward('save')(input, options));
        saving.add(saved);
        return saved.finally(() => saving.delete(saved));
      },
      planRename: forward('planRename'),
      rename: forward('rename'),
      async remove({ note }, { signal }) {
        const { path } = await ask(signal, (api, within) => api.locate({ note }, { signal: within }));
        await deps.trash(path);
        await ask(signal, (api, within) =>
          api.forget({ folderId: note.folderId, path: note.path }, { signal: within }),
        );
        return null;
      },
      daily: forward('daily'),
      history: forward('history'),
      earlier: forward('earlier'),
      search: forward('search'),
      find,
      around: forward('around'),
      setEmbeddingModel({ modelId }) {
        setSettings({ embeddingModelId: modelId });
        meaning.choose();
        tell();
        return null;
      },
      learnOnBattery() {
        power.goOn();
        return null;
      },
    },
    async close() {
      closing.abort();
      await Promise.race([Promise.allSettled(saving), sleep(closePatience, undefined, { ref: false })]);
      clearInterval(holding);
      power.close();
      meaning.close();
      process.close();
    },
  };
}
