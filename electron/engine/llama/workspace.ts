import type { LlamaContext, LlamaContextSequence, LlamaModel } from 'node-llama-cpp';
import type { AdapterFile, LoadInput } from '../contract.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { Backend } from './library.ts';
import { stateFacts, stateKey } from './stateKey.ts';
import type { TemplateHost } from './templateHost.ts';

/** What of a context can change while the model stays loaded. */
export interface Arrangement {
  readonly threads: number;
  readonly adapters: readonly AdapterFile[];
}

/** The one context of a model with its one sequence, and what keeps the states of chats in it. */
export interface Workspace extends Arrangement {
  readonly context: LlamaContext;
  readonly sequence: LlamaContextSequence;
  readonly keeper: Keeper;
  /** How fast prompts were read so far; 0 while unknown. */
  readonly prefillSpeed: { tokensPerMs: number };
  /** Makes a context as it should be now; what the one before held is kept in files. On failure the old arrangement stays. */
  replace(next: Arrangement, signal: AbortSignal): Promise<void>;
  dispose(): Promise<void>;
}

interface Given {
  readonly backend: Backend;
  readonly model: LlamaModel;
  readonly input: LoadInput;
  /** What tells the model's file from others. */
  readonly fingerprint: Promise<string>;
  readonly template: Promise<TemplateHost>;
  readonly chatTemplate: string | null;
}

/** Opens the context of a loaded model. */
export async function openWorkspace(
  given: Given,
  first: Arrangement,
  signal: AbortSignal,
): Promise<Workspace> {
  const { model, input } = given;
  const prefillSpeed = { tokensPerMs: 0 };
  let now = first;
  let context = await openContext(model, { ...input, ...now }, signal);
  let sequence = context.getSequence();
  const openKeeper = (): Keeper => {
    let key: Promise<Buffer> | undefined;
    const makeKey = async () => stateKey(await stateFacts({ ...given, ...now, context }));
    return createKeeper(
      {
        prefillSpeed,
        get sequence() {
          return sequence;
        },
        key: () => {
          key ??= makeKey();
          return key;
        },
        async renew() {
          await sequence.dispose();
          sequence = context.getSequence();
        },
        async rebuild() {
          await context.dispose();
          context = await openContext(model, { ...input, ...now }, new AbortController().signal);
          sequence = context.getSequence();
        },
      },
      (message) => process.stderr.write(`[state] ${message}\n`),
    );
  };
  let keeper = openKeeper();

  return {
    prefillSpeed,
    get threads() {
      return now.threads;
    },
    get adapters() {
      return now.adapters;
    },
    get context() {
      return context;
    },
    get sequence() {
      return sequence;
    },
    get keeper() {
      return keeper;
    },
    async replace(next, nextSignal) {
      await keeper.settle();
      await context.dispose();
      try {
        context = await openContext(model, { ...input, ...next }, nextSignal);
        now = next;
      } catch (error) {
        context = await openContext(model, { ...input, ...now }, signal);
        throw error;
      } finally {
        sequence = context.getSequence();
        keeper = openKeeper();
      }
    },
    dispose: () => context.dispose(),
  };
}

function openContext(
  model: LlamaModel,
  input: Omit<LoadInput, keyof Arrangement> & Arrangement,
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
