import { basename } from 'node:path';
import type { Catalog, CatalogEntry } from '../../../models/catalog.ts';
import type { AnswerStats } from '../../contract/conversations.ts';
import type { Service } from '../../contract/define.ts';
import type { Hardware, LoadedModel } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AppContract } from '../../contract/index.ts';
import type { Model } from '../../contract/library.ts';
import { type LoadSettings, loadSettings } from '../../contract/load.ts';
import type { Sampling, Settings } from '../../contract/settings.ts';
import type { AdapterFile } from '../../engine/contract.ts';
import type { ModelShape } from '../../engine/scan/contract.ts';
import type { LoadRequest } from '../engine/loader.ts';
import type { ThreadMemory } from '../engine/threadMemory.ts';
import type { Library } from '../library/createLibrary.ts';
import { estimateMemory, sumOf } from './estimate.ts';
import type { Experience } from './experience.ts';
import { fitsBeside, judge, type Memory, type Room } from './judge.ts';
import { samplingDefaults, samplingOf } from './sampling.ts';

type Readable = Extract<Model, { state: 'ok' }>;

/** The context window asked for when the person chose none, in tokens. */
export const usualContextSize = 8192;
/** Answers shorter than this tell little about speed, tokens. */
const enoughTokens = 16;
/** The load of a smaller file, bytes, tells more of the process than of the model. */
const enoughBytes = 500e6;

/** Knows how each model is to be loaded on this machine, and what that takes. */
export interface LoadDesk {
  readonly api: Pick<Service<AppContract>['engine'], 'choices' | 'estimate' | 'speeds'>;
  /** Throws `model_missing`, `model_invalid`, or `unsupported` for adapters that are gone. */
  requestFor(modelId: string, settings?: LoadSettings): Promise<LoadRequest>;
  /** Whether a second model of so many bytes fits beside all that runs. */
  roomFor(bytes: number, gpuLayers: number | 'auto'): boolean;
  /** The memory of the machine; `freed` counts the model that is loaded. */
  room(): Room;
  keep(modelId: string, settings: Partial<LoadSettings>): void;
  onAnswer(modelId: string, stats: AnswerStats): void;
  /** The sampling for a model, to answer with: chosen, recommended or usual; nothing for a model that is not there. */
  samplingFor(modelId: string): Partial<Sampling>;
}

/** Opens the desk. `shapeOf` reads a file's header; `loaded` and `hardware` tell of the engine. */
export function createLoadDesk(deps: {
  library: Pick<Library, 'find' | 'topic'>;
  shapeOf: (path: string) => Promise<ModelShape>;
  catalog: Catalog;
  threads: ThreadMemory;
  experience: Experience;
  memory: () => Memory;
  settings: () => Settings;
  setSettings: (patch: Pick<Settings, 'load'>) => void;
  hardware: () => Hardware | null;
  loaded: () => { readonly id: string; readonly loaded: LoadedModel } | null;
}): LoadDesk {
  const { library, experience } = deps;
  const keyOf = ({ fileName, size }: Readable) => `${fileName}:${size}`;
  const settingsOf = (modelId: string) => deps.settings().load[modelId] ?? loadSettings.parse({});
  const cardOf = ({ fileName, size }: Readable): CatalogEntry | null =>
    deps.catalog.models.find(({ files }) =>
      files.some((file) => basename(file.file) === fileName && (file.size === null || file.size === size)),
    ) ?? null;
  const samplingOfModel = (model: Readable) =>
    samplingDefaults(deps.settings().sampling, cardOf(model)?.sampling ?? [], model.summary.sampling);
  const contextSizeFor = (model: Readable, { contextSize }: LoadSettings) =>
    Math.min(
      contextSize ?? deps.settings().contextSize ?? usualContextSize,
      model.summary.contextLength ?? Number.POSITIVE_INFINITY,
    );

  const partsOf = async (model: Readable, settings: LoadSettings) => {
    const shape = await deps.shapeOf(model.path).catch(() => null);
    return estimateMemory({
      size: model.size,
      shape,
      contextSize: contextSizeFor(model, settings),
      cacheType: settings.cacheType,
      flashAttention: settings.flashAttention !== 'off',
      kvBytesPer1024Tokens: cardOf(model)?.kvBytesPer1024Tokens ?? null,
    });
  };

  const freed = (): number => {
    const now = deps.loaded();
    if (!now) return 0;
    const size = library.topic.value.models.find(({ id }) => id === now.id)?.size ?? 0;
    const { memory, mmap } = now.loaded;
    // The system counts the pages of a mapped file as free already.
    return Math.max(0, (memory ?? size) - (mmap ? size : 0));
  };
  const room = (): Room => {
    const found = deps.hardware();
    return { ...deps.memory(), freed: freed(), gpu: found?.gpuMemory ?? null };
  };

  const adapterFiles = async (settings: LoadSettings): Promise<AdapterFile[]> =>
    Promise.all(
      settings.adapters.map(async ({ id, scale }) => {
        const { path, name, summary } = await library.find(id);
        if (summary.kind !== 'adapter')
          throw new InklingError('unsupported', `${name} is no adapter but a model of its own.`);
        return { path, scale };
      }),
    );

  return {
    room,
    roomFor: (bytes, gpuLayers) => {
      const { gpu, ...memory } = room();
      return fitsBeside(bytes, { ...memory, gpu: gpuLayers === 0 ? null : gpu });
    },
    async requestFor(modelId, given) {
      const model = await library.find(modelId);
      if (model.summary.kind === 'adapter')
        throw new InklingError(
          'unsupported',
          `${model.name} is an adapter. Load the model it was made for, and attach it in that model’s load settings.`,
        );
      const settings = given ?? settingsOf(modelId);
      const key = keyOf(model);
      const known = deps.threads.get(key);
      const estimate = async () => sumOf(await partsOf(model, settings));
      const contextSize = contextSizeFor(model, settings);
      const { gpuLayers, flashAttention, cacheType, mmap } = settings;
      const threads = settings.threads ?? known?.threads ?? null;
      return {
        input: {
          path: model.path,
          contextSize: Math.max(64, contextSize),
          threads,
          threadsBy: settings.threads !== null ? 'chosen' : threads !== null ? 'remembered' : null,
          gpuLayers,
          flashAttention,
          cacheType,
          mmap,
          adapters: await adapterFiles(settings),
        },
        knownSpeeds: known?.speeds ?? [],
        attempt: { settings, contextSize, layers: model.summary.layers },
        memory: async () => (await estimate()) * experience.memoryFactor(),
        remember: (choice) => deps.threads.set(key, choice),
        onLoaded(loaded) {
          // What lies on a graphics card is not in the memory of the process.
          const { memory: measured, gpuLayers: onGpu } = loaded;
          if (measured === null || onGpu > 0 || model.size < enoughBytes) return;
          void estimate().then((estimated) => experience.loadTook(key, { estimated, measured }));
        },
      };
    },
    keep(modelId, changed) {
      const { load } = deps.settings();
      deps.setSettings({ load: { ...load, [modelId]: { ...settingsOf(modelId), ...changed } } });
    },
    onAnswer(modelId, { generationTokensPerSecond, generatedTokens, threads }) {
      const model = library.topic.value.models.find(({ id }) => id === modelId);
      if (model?.state !== 'ok' || generationTokensPerSecond === null || generatedTokens < enoughTokens)
        return;
      const { name, size } = model;
      experience.answered(keyOf(model), {
        name,
        size,
        tokensPerSecond: generationTokensPerSecond,
        threads,
        at: Date.now(),
      });
    },
    samplingFor(modelId) {
      const model = library.topic.value.models.find(({ id }) => id === modelId);
      return model?.state === 'ok' ? samplingOf(samplingOfModel(model)) : {};
    },
    api: {
      async choices({ modelId }) {
        const model = await library.find(modelId);
        const shape = await deps.shapeOf(model.path);
        return {
          contextSize: model.summary.contextLength,
          layers: model.summary.layers,
          usualContextSize: contextSizeFor(model, loadSettings.parse({})),
          sampling: samplingOfModel(model),
          adapters: adaptersIn(library.topic.value.models, shape.architecture),
        };
      },
      async estimate({ modelId, settings }) {
        const model = await library.find(modelId);
        const parts = await partsOf(model, settings);
        const contextSize = contextSizeFor(model, settings);
        const total = sumOf(parts) * experience.memoryFactor();
        const gpu = settings.gpuLayers === 0 ? null : room().gpu;
        const { word, room: reason } = judge(total, { ...room(), gpu }, '');
        return { ...parts, total, contextSize, word, reason };
      },
      speeds: () => [...experience.speeds()],
    },
  };
}

function adaptersIn(models: readonly Model[], architecture: string) {
  return models.flatMap((model) =>
    model.state === 'ok' && model.summary.kind === 'adapter'
      ? [
          {
            id: model.id,
            name: model.name,
            reason:
              model.summary.architecture === architecture
                ? null
                : `It was made for “${model.summary.architecture}” models; this one is “${architecture}”.`,
          },
        ]
      : [],
  );
}
