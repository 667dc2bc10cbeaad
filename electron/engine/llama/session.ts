import { stat } from 'node:fs/promises';
import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { LoadedModel } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { LoadEvent, LoadInput } from '../contract.ts';
import { readHeader } from '../scan/readHeader.ts';
import { usefulCores } from './hardware.ts';
import type { Backend } from './library.ts';
import { measureThreads, type ThreadSpeed, threadCounts } from './measureThreads.ts';
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
      loadSignal: signal,
      onLoadProgress: (fraction) => onProgress({ type: 'progress', phase: 'reading', fraction }),
    });
    cleanUp.push(() => model.dispose());
    signal.throwIfAborted();
    const template = await openTemplate(templates, templateSource(model));
    signal.throwIfAborted();

    let speeds: readonly ThreadSpeed[] = [];
    const race = async (raceSignal: AbortSignal) => {
      const counts = threadCounts(usefulCores(backend.llama));
      const measured = await measureThreads(model, counts, {
        signal: raceSignal,
        onProgress: (fraction) => onProgress({ type: 'progress', phase: 'measuring', fraction }),
      });
      speeds = measured;
      return measured[0]?.threads ?? counts[0] ?? 1;
    };
    let threads = Math.min(input.threads ?? (await race(signal)), backend.llama.maxThreads);
    let threadsBy: LoadedModel['threadsBy'] =
      input.threads === null ? 'measured' : (input.threadsBy ?? 'chosen');
    let context = await openContext(model, input.contextSize, threads, signal);
    let sequence = context.getSequence();
    cleanUp.push(() => context.dispose());
    signal.throwIfAborted();
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
          loadMs,
        };
      },
      async measure(measureSignal) {
        const best = Math.min(await race(measureSignal), backend.llama.maxThreads);
        threadsBy = 'measured';
        if (best === threads) return session.loaded;
        threads = best;
        await context.dispose();
        context = await openContext(model, input.contextSize, threads, measureSignal);
        sequence = context.getSequence();
        return session.loaded;
      },
      dispose,
    };
    return session;
  } catch (error) {
    await dispose();
    signal.throwIfAborted();
    throw error instanceof InklingError ? error : loadFailure(error, backend);
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
  wanted: number,
  threads: number,
  signal: AbortSignal,
): Promise<LlamaContext> {
  return model.createContext({
    // A file may claim nothing sensible; then the wish alone counts.
    contextSize: model.trainContextSize > 0 ? Math.min(wanted, model.trainContextSize) : wanted,
    threads,
    createSignal: signal,
    // A smaller window than the one asked for would be a silent cut.
    failedCreationRemedy: false,
  });
}

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

function loadFailure(error: unknown, backend: Backend): InklingError {
  const complaint = backend.complaint();
  const reason = complaint
    ? `llama.cpp says: ${complaint}`
    : error instanceof Error
      ? error.message
      : String(error);
  return new InklingError(
    'model_load_failed',
    `The model could not be loaded. ${reason.replace(/\.$/, '')}. Nothing else is affected; choose another model, or a smaller context window if memory is short.`,
  );
}
