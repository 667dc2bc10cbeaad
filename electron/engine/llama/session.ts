import { stat } from 'node:fs/promises';
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { LoadedModel } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AdapterFile, LoadEvent, LoadInput } from '../contract.ts';
import { readHeader } from '../scan/readHeader.ts';
import { adapterFailure, checkAdapters } from './adapters.ts';
import { usefulCores } from './hardware.ts';
import type { Backend } from './library.ts';
import { loadFailure } from './loadFailure.ts';
import { measureThreads, pickThreads, type ThreadSpeed, threadCounts } from './measureThreads.ts';
import { openTemplate, type TemplateHost } from './templateHost.ts';
import type { TemplateThreads } from './templateThreads.ts';

/** A loaded model with its one context, ready to be asked. */
export interface Session {
  readonly backend: Backend;
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly template: TemplateHost;
  readonly loaded: LoadedModel;
  /** How fast prompts were read so far; 0 while unknown. */
  readonly prefillSpeed: { tokensPerMs: number };
  /** Measures the thread counts again and goes on with the best; what the context held is forgotten if it changes. */
  measure(signal: AbortSignal): Promise<LoadedModel>;
  /** Puts exactly these adapters to work; the model stays loaded, what the context held is forgotten. */
  adapt(adapters: readonly AdapterFile[], signal: AbortSignal): Promise<LoadedModel>;
  dispose(): Promise<void>;
}

export type LoadProgress = (event: Extract<LoadEvent, { type: 'progress' }>) => void;

/** Loads a model; on failure or abort everything it took is given back. Fails with `model_missing`, `model_invalid` or `model_load_failed`. */
export async function openSession(
  backend: Backend,
  templates: TemplateThreads,
  input: LoadInput,
  options: { readonly signal: AbortSignal; readonly onProgress: LoadProgress },
): Promise<Session> {
  const begin = performance.now();
  const { signal, onProgress } = options;
  const cleanUp: (() => Promise<void> | void)[] = [];
  const dispose = async () => {
    for (const step of cleanUp.splice(0).reverse()) await step();
  };
  try {
    await checkFile(input.path);
    signal.throwIfAborted();
    backend.clearComplaints();
    templates.start();
    const model = await backend.llama.loadModel({
      modelPath: input.path,
      gpuLayers: input.gpuLayers,
      useMmap: input.mmap,
      loadSignal: signal,
      onLoadProgress: (fraction) => onProgress({ type: 'progress', phase: 'reading', fraction }),
    });
    cleanUp.push(() => model.dispose());
    signal.throwIfAborted();
    // Its thread works while the context is made; only a measurement wants the processor for itself.
    const opening = openTemplate(templates, templateSource(model));
    opening.catch(() => {});
    if (input.threads === null) await opening;
    signal.throwIfAborted();

    let speeds: readonly ThreadSpeed[] = [];
    const race = async (raceSignal: AbortSignal) => {
      const counts = threadCounts(usefulCores(backend.llama));
      const measured = await measureThreads(model, counts, {
        signal: raceSignal,
        onProgress: (fraction) => onProgress({ type: 'progress', phase: 'measuring', fraction }),
      });
      speeds = measured;
      return pickThreads(measured) ?? counts[0] ?? 1;
    };
    let threads = Math.min(input.threads ?? (await race(signal)), backend.llama.maxThreads);
    let threadsBy: LoadedModel['threadsBy'] =
      input.threads === null ? 'measured' : (input.threadsBy ?? 'chosen');
    await checkAdapters(model, input.adapters);
    let { adapters }: { adapters: readonly AdapterFile[] } = input;
    let context = await openContext(model, { ...input, threads, adapters }, signal);
    let sequence = context.getSequence();
    cleanUp.push(() => context.dispose());
    const template = await opening;
    signal.throwIfAborted();
    const replaceContext = async (
      next: { threads: number; adapters: readonly AdapterFile[] },
      nextSignal: AbortSignal,
    ) => {
      await context.dispose();
      try {
        context = await openContext(model, { ...input, ...next }, nextSignal);
        ({ threads, adapters } = next);
      } catch (error) {
        context = await openContext(model, { ...input, threads, adapters }, signal);
        throw error;
      } finally {
        sequence = context.getSequence();
      }
    };
    const loadMs = performance.now() - begin;

    const session: Session = {
      backend,
      model,
      template,
      prefillSpeed: { tokensPerMs: 0 },
      get sequence() {
        return sequence;
      },
      get loaded(): LoadedModel {
        const { info } = template;
        return {
          contextSize: context.contextSize,
          trainContextSize: model.trainContextSize,
          threads,
          threadsBy,
          threadSpeeds: [...speeds],
          gpuLayers: model.gpuLayers,
          totalLayers: model.fileInsights.totalLayers,
          template: { source: info.source, name: info.name, note: info.note },
          thinks: info.thinks,
          thinkingCanBeOff: info.canBeQuiet,
          loadMs,
          flashAttention: context.flashAttention !== false && input.flashAttention !== 'off',
          cacheType: input.cacheType,
          mmap: model.useMmap,
          memory: process.memoryUsage.rss(),
          adapters: [...adapters],
        };
      },
      async measure(measureSignal) {
        const best = Math.min(await race(measureSignal), backend.llama.maxThreads);
        threadsBy = 'measured';
        if (best !== threads) await replaceContext({ threads: best, adapters }, measureSignal);
        return session.loaded;
      },
      async adapt(wanted, adaptSignal) {
        await checkAdapters(model, wanted);
        backend.clearComplaints();
        try {
          await replaceContext({ threads, adapters: wanted }, adaptSignal);
        } catch (error) {
          adaptSignal.throwIfAborted();
          throw adapterFailure(error, backend.complaint());
        }
        return session.loaded;
      },
      dispose,
    };
    return session;
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw error instanceof InklingError ? error : loadFailure(error, backend.complaint());
  }
}

async function checkFile(path: string): Promise<void> {
  await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new InklingError(
      'model_missing',
      `The model file is gone: ${path}. Add it again, or choose another model.`,
    );
  });
  // The library's own reader of headers can be made to abort the process or to hang.
  await readHeader(path);
}

function openContext(
  model: LlamaModel,
  input: Omit<LoadInput, 'threads' | 'adapters'> & {
    readonly threads: number;
    readonly adapters: readonly AdapterFile[];
  },
  signal: AbortSignal,
): Promise<LlamaContext> {
  const { contextSize: wanted, threads, cacheType, adapters } = input;
  return model.createContext({
    // A file may claim nothing sensible; then the wish alone counts.
    contextSize: model.trainContextSize > 0 ? Math.min(wanted, model.trainContextSize) : wanted,
    threads,
    createSignal: signal,
    // A smaller window than the one asked for would be a silent cut.
    failedCreationRemedy: false,
    flashAttention: flashAttentionFor(input),
    ...(cacheType === 'f16' ? {} : smallerCache[cacheType]),
    ...(adapters.length === 0
      ? {}
      : { lora: { adapters: adapters.map(({ path, scale }) => ({ filePath: path, scale })) } }),
  });
}

/** A quantized cache of values works only with flash attention; where that cannot be had, the load says so. */
function flashAttentionFor({ flashAttention, cacheType }: Pick<LoadInput, 'flashAttention' | 'cacheType'>) {
  if (cacheType !== 'f16' || flashAttention === 'on') return true;
  return flashAttention === 'auto' ? 'auto' : false;
}

const smallerCache = {
  q8_0: { experimentalKvCacheKeyType: 'Q8_0', experimentalKvCacheValueType: 'Q8_0' },
  q4_0: { experimentalKvCacheKeyType: 'Q4_0', experimentalKvCacheValueType: 'Q4_0' },
} as const;

function templateSource(model: LlamaModel) {
  const { general, tokenizer } = model.fileInfo.metadata;
  const own = tokenizer?.chat_template;
  const isToken = (text: string) => model.tokenize(text, true, 'trimLeadingSpace').length === 1;
  const template = typeof own === 'string' && own.trim() !== '' ? own : null;
  return {
    fileName: model.filename ?? '',
    bosString: model.tokens.bosString,
    architecture: general?.architecture ?? null,
    metadata: { general: plainCopy(general) },
    chatTemplate: template,
    knowsChatMl: isToken('<|im_start|>'),
    knowsThink: isToken('<think>') && isToken('</think>'),
    ignoreTemplate: null,
  };
}

/** Only what can cross to another thread. */
function plainCopy(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value ?? {}, (_, item) => (typeof item === 'bigint' ? Number(item) : item)),
  );
}
