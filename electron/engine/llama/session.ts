import { stat } from 'node:fs/promises';
import type { LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { LoadedModel } from '../../contract/engine.ts';
import { InklingError } from '../../contract/errors.ts';
import type { AdapterFile, LoadEvent, LoadInput } from '../contract.ts';
import { readHeader } from '../scan/readHeader.ts';
import { adapterFailure, checkAdapters } from './adapters.ts';
import { usefulCores } from './hardware.ts';
import type { Keeper } from './keeper.ts';
import type { Backend } from './library.ts';
import { loadFailure } from './loadFailure.ts';
import { measureThreads, pickThreads, type ThreadSpeed, threadCounts } from './measureThreads.ts';
import { fingerprint } from './stateKey.ts';
import { openTemplate, type TemplateHost } from './templateHost.ts';
import { templateSource } from './templateSource.ts';
import type { TemplateThreads } from './templateThreads.ts';
import { openWorkspace } from './workspace.ts';

/** A loaded model with its one context, ready to be asked. */
export interface Session {
  readonly backend: Backend;
  readonly model: LlamaModel;
  readonly sequence: LlamaContextSequence;
  readonly template: TemplateHost;
  readonly loaded: LoadedModel;
  /** Of the evaluated states of chats. */
  readonly keeper: Keeper;
  /** How fast prompts were read so far; 0 while unknown. */
  readonly prefillSpeed: { tokensPerMs: number };
  /** Measures the thread counts again and goes on with the best; what the context held is only in files then. */
  measure(signal: AbortSignal): Promise<LoadedModel>;
  /** Puts exactly these adapters to work; the model stays loaded, what the context held is only in files then. */
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
    // Of the file that is loaded now, whatever takes its place later.
    const print = fingerprint(input.path);
    print.catch(() => {});
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
    const source = templateSource(model);
    const opening = openTemplate(templates, source);
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
    const threads = Math.min(input.threads ?? (await race(signal)), backend.llama.maxThreads);
    let threadsBy: LoadedModel['threadsBy'] =
      input.threads === null ? 'measured' : (input.threadsBy ?? 'chosen');
    await checkAdapters(model, input.adapters);
    const { chatTemplate } = source;
    const workspace = await openWorkspace(
      { backend, model, input, fingerprint: print, template: opening, chatTemplate },
      { threads, adapters: input.adapters },
      signal,
    );
    cleanUp.push(() => workspace.dispose());
    const template = await opening;
    signal.throwIfAborted();
    const loadMs = performance.now() - begin;

    const session: Session = {
      backend,
      model,
      template,
      prefillSpeed: workspace.prefillSpeed,
      get keeper() {
        return workspace.keeper;
      },
      get sequence() {
        return workspace.sequence;
      },
      get loaded(): LoadedModel {
        const { info } = template;
        const { context } = workspace;
        return {
          contextSize: context.contextSize,
          trainContextSize: model.trainContextSize,
          threads: workspace.threads,
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
          adapters: [...workspace.adapters],
        };
      },
      async measure(measureSignal) {
        const best = Math.min(await race(measureSignal), backend.llama.maxThreads);
        threadsBy = 'measured';
        if (best !== workspace.threads)
          await workspace.replace({ threads: best, adapters: workspace.adapters }, measureSignal);
        return session.loaded;
      },
      async adapt(wanted, adaptSignal) {
        await checkAdapters(model, wanted);
        backend.clearComplaints();
        try {
          await workspace.replace({ threads: workspace.threads, adapters: wanted }, adaptSignal);
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
