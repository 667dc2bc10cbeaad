import { join } from 'node:path';
import { catalog } from '../../models/catalog.ts';
import type { AppService } from '../contract/index.ts';
import { createArchive } from './archive/createArchive.ts';
import { createAttachments } from './attachments/createAttachments.ts';
import { createChat } from './chat/createChat.ts';
import { createConfidence } from './chat/createConfidence.ts';
import type { SpawnChild } from './children.ts';
import { createClaims } from './claims/createClaims.ts';
import { createCompare } from './compare/createCompare.ts';
import { createConversations } from './conversations/createConversations.ts';
import { createDownloads } from './downloads/createDownloads.ts';
import { readyHashes } from './downloads/readyHashes.ts';
import { createDrafts } from './drafts/createDrafts.ts';
import { createEngine } from './engine/createEngine.ts';
import { openThreadMemory } from './engine/threadMemory.ts';
import { createHub } from './hub/createHub.ts';
import { readMemory } from './hub/readMemory.ts';
import { createRemoteHeader } from './hub/remoteHeader.ts';
import { createLibrary } from './library/createLibrary.ts';
import { isInUse } from './library/isInUse.ts';
import { createScanner } from './library/scanner.ts';
import { createLoadDesk, usualContextSize } from './machine/createLoadDesk.ts';
import { openExperience } from './machine/experience.ts';
import { createModelShapes } from './machine/modelShapes.ts';
import { createNetwork } from './network/createNetwork.ts';
import { createHubToken } from './network/hubToken.ts';
import { plainSecrets, type SecretStore } from './network/secretStore.ts';
import { createNotes } from './notes/createNotes.ts';
import { createWriting } from './notes/createWriting.ts';
import { createPresets } from './presets/createPresets.ts';
import { openSettings } from './settings/openSettings.ts';
import { createStates } from './states/createStates.ts';
import { openStorage } from './storage/openStorage.ts';
import { createTitles } from './titles/createTitles.ts';

export interface ServicesOptions {
  /** Where everything of the person lies; made if missing. */
  readonly dataDir: string;
  readonly version: string;
  readonly spawn: SpawnChild;
  /** Entry files of our own processes. */
  readonly entries: {
    readonly engine: string;
    readonly scan: string;
    readonly notes: string;
    readonly reader: string;
  };
  /** The desktop around the app. */
  readonly host: AppService['host'];
  /** Moves a file to the system's bin; throws if there is none for it. */
  readonly trash: (path: string) => Promise<void>;
  /** Models that came with the app, if any did. */
  readonly builtinModelsDir: string | null;
  /** The system's secret store, where the host has one; files readable by this account alone otherwise. */
  readonly secrets?: SecretStore;
  /** Another hub than the usual one, as `INKLING_HUB_URL` names it. */
  readonly hubUrl?: string | undefined;
  /** Told, in one sentence, about things a person should find in the log. */
  readonly log: (message: string) => void;
}

/** The application, without transport and without window. */
export interface Services {
  readonly service: AppService;
  /** The engine's process id, once it runs; null if it cannot be started. */
  engineReady(): Promise<number | null>;
  /** `offline`: nothing was asked of the network since the start. */
  health(): { schema: number; sqlite: string; engine: string; offline: boolean };
  /** Stops answers (keeping their text), the engine, and closes the database. */
  close(): Promise<void>;
}

/** Joins all parts. Takes the data folder first: throws `storage_locked` or `storage_newer` before anything is changed. */
export function createServices(options: ServicesOptions): Services {
  const { dataDir, spawn, entries, log } = options;
  const network = createNetwork({ hubUrl: options.hubUrl, token: () => token.value() });
  const storage = openStorage({ dataDir, onProblem: log });
  const token = createHubToken({ dataDir, secrets: options.secrets ?? plainSecrets });
  const { state, problem } = storage.status.value;
  if (state !== 'ok' && problem) log(`${problem.message} (${dataDir}: ${problem.details?.['reason']})`);
  const modelsDir = join(dataDir, 'models');
  const settings = openSettings({ dataDir, onProblem: log });
  const states = createStates({
    dataDir,
    settings: settings.topic,
    forgetIn: (chats) => engine.forget(chats),
    log,
  });
  const conversations = createConversations({
    storage,
    onErase(ids) {
      states.forget(ids);
      drafts.forget(ids);
    },
  });
  const drafts = createDrafts({ dataDir, expectChat: conversations.expectChat });
  const tidyStates = () => {
    const ids = conversations.ids();
    if (ids) states.tidy(ids);
  };
  storage.onReopen(tidyStates);
  const attachments = createAttachments({ storage, spawn, entry: entries.reader });
  const library = createLibrary({
    dataDir,
    modelsDir,
    builtinDir: options.builtinModelsDir,
    spawn,
    scanEntry: entries.scan,
    hubHashes: () => readyHashes(storage, modelsDir),
    inUse: (id) => isInUse(engine.status.value, id),
    onDeleted: (path) => downloads.forget(path),
  });
  const downloads = createDownloads({
    storage,
    network,
    modelsDir,
    log,
    // The library watches its folders, but a file can come just before a new folder is watched.
    onReady: () => void library.api.rescan(null, { signal: new AbortController().signal }),
  });
  const interrupted = conversations.recover();
  if (interrupted > 0) log(`${interrupted} answers were interrupted when Inkling ended; their text is kept.`);

  tidyStates();

  const experience = openExperience(dataDir);
  const scanner = createScanner({ spawn, entry: entries.scan });
  const desk = createLoadDesk({
    library,
    shapeOf: createModelShapes(scanner),
    catalog,
    threads: openThreadMemory(dataDir),
    experience,
    memory: readMemory,
    settings: () => settings.topic.value,
    setSettings: (patch) => void settings.api.set(patch, { signal: new AbortController().signal }),
    hardware: () => engine.status.value.hardware,
    loaded: () => {
      const { model } = engine.status.value;
      return model.state === 'ready' ? model : null;
    },
  });
  const engine = createEngine({
    spawn,
    entry: entries.engine,
    requestFor: desk.requestFor,
    roomFor: desk.roomFor,
    keep: desk.keep,
    onAnswer: desk.onAnswer,
    unloadAfter: () => {
      const { unloadAfter } = settings.topic.value;
      return unloadAfter === null ? null : unloadAfter * 60_000;
    },
  });
  const hub = createHub({
    network,
    catalog,
    machine: () => ({
      room: desk.room(),
      memoryFactor: experience.memoryFactor(),
      speeds: experience.speeds(),
    }),
    readHeader: createRemoteHeader({ network, spawn, scanEntry: entries.scan }),
    contextSize: () => settings.topic.value.contextSize ?? usualContextSize,
  });
  const notes = createNotes({
    dataDir,
    spawn,
    entry: entries.notes,
    settings: () => settings.topic.value,
    setSettings: (patch) => void settings.api.set(patch, { signal: new AbortController().signal }),
    trash: options.trash,
    engineEntry: entries.engine,
    embeddingModel: async (id) => {
      const model = await library.find(id);
      const { name, architecture } = model.summary;
      return {
        id,
        size: model.size,
        path: model.path,
        names: [model.fileName, name, architecture],
      };
    },
    models: library.topic,
    busy: () => engine.busy(),
    log,
  });
  const chat = createChat({
    conversations,
    attachments,
    engine,
    library,
    notes,
    settings: () => settings.topic.value,
    samplingFor: desk.samplingFor,
    keepFor: states.keepFor,
  });
  const titles = createTitles({
    conversations,
    engine,
    library,
    settings: () => settings.topic.value,
  });
  const claims = createClaims({
    conversations,
    engine,
    library,
    settings: () => settings.topic.value,
    isKept: (id) => states.keepFor(id) !== null,
  });
  const confidence = createConfidence({
    conversations,
    engine,
    library,
    settings: () => settings.topic.value,
    keepFor: states.keepFor,
  });
  const writing = createWriting({
    engine,
    library,
    notes,
    settings: () => settings.topic.value,
    samplingFor: desk.samplingFor,
  });

  return {
    service: {
      app: {
        info: () => ({
          version: options.version,
          platform: `${process.platform} ${process.arch}`,
          node: process.versions.node,
          ...storage.versions(),
          dataDir,
          modelsDir,
        }),
      },
      settings: settings.api,
      storage: { ...storage.api, ...states.api },
      library: library.api,
      engine: { ...engine.api, ...desk.api },
      conversations: conversations.api,
      attachments: attachments.api,
      archive: createArchive({
        conversations,
        settings: () => settings.topic.value,
        version: options.version,
      }),
      chat,
      compare: createCompare({ storage, conversations, chat }),
      confidence,
      downloads: downloads.api,
      drafts: drafts.api,
      hub: hub.api,
      notes: { ...notes.api, write: writing.write },
      presets: createPresets({ storage }),
      network: { ...network.api, ...token.api(network) },
      host: options.host,
    },
    async engineReady() {
      for await (const status of engine.status.watch()) {
        if (status.process === 'running') return status.pid;
        if (status.process === 'stopped') return null;
      }
      return null;
    },
    health: () => ({
      ...storage.versions(),
      engine: engine.status.value.process,
      offline: network.isSilent(),
    }),
    async close() {
      await Promise.all([titles.close(), claims.close(), chat.close(), writing.close()]);
      await downloads.close();
      network.close();
      await notes.close();
      await engine.close();
      states.close();
      library.close();
      scanner.close();
      conversations.close();
      attachments.close();
      await storage.close();
    },
  };
}
