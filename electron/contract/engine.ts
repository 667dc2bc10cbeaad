import { z } from 'zod';
import { id, nothing } from './common.ts';
import { method, stream } from './define.ts';
import {
  adapterUse,
  cacheType,
  failedLoad,
  loadChoices,
  loadEstimate,
  loadSettings,
  runningLoad,
} from './load.ts';

/** What is known of a loaded model, told by the engine. */
export const loadedModel = z.object({
  /** Context window in tokens, as loaded. */
  contextSize: z.int(),
  trainContextSize: z.int(),
  threads: z.int(),
  /** `measured` now, `remembered` from an earlier load on this machine, `chosen` by the person. */
  threadsBy: z.enum(['measured', 'remembered', 'chosen']),
  /** Generation speed in tokens/s at each thread count tried; empty if not measured at this load. */
  threadSpeeds: z.array(z.object({ threads: z.int(), tokensPerSecond: z.number() })),
  gpuLayers: z.int(),
  totalLayers: z.int(),
  /** Where the chat template comes from; anything but `model` has a note that says why. */
  template: z.object({
    source: z.enum(['model', 'known', 'fallback']),
    name: z.string(),
    note: z.string().nullable(),
  }),
  thinks: z.boolean(),
  /** It can be asked to answer without thinking first. */
  thinkingCanBeOff: z.boolean().default(false),
  loadMs: z.number(),
  flashAttention: z.boolean().default(true),
  cacheType: cacheType.default('f16'),
  mmap: z.boolean().default(true),
  /** Bytes of memory the engine's process holds after the load; null where the system does not tell. */
  memory: z.number().nullable().default(null),
  /** LoRA adapters that work in it, by file. */
  adapters: z.array(z.object({ path: z.string(), scale: z.number() })).default([]),
});
export type LoadedModel = z.infer<typeof loadedModel>;

/** The machine as llama.cpp sees it. */
export const hardware = z.object({
  llamaCpp: z.string(),
  backend: z.string(),
  /** Why this backend and no other, in one sentence. */
  backendReason: z.string().default(''),
  gpuNames: z.array(z.string()),
  /** Bytes of the GPU's own memory; null without a GPU, or where it is the same memory. */
  gpuMemory: z.object({ total: z.number(), free: z.number() }).nullable().default(null),
  cpu: z.string(),
  /** What the processor can do that makes models faster, like AVX2; as llama.cpp uses it. */
  cpuFeatures: z.array(z.string()).default([]),
  cores: z.int(),
  totalMemory: z.number(),
  /** What a person should know about it, for example that the GPU had to be left out; null if nothing. */
  note: z.string().nullable().default(null),
});
export type Hardware = z.infer<typeof hardware>;

/** The model that answers, or is to. */
export const modelState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  runningLoad,
  z.object({ state: z.literal('ready'), id, loaded: loadedModel }),
  failedLoad,
]);
export type ModelState = z.infer<typeof modelState>;

/** The engine process and its model. `crashes` counts since the app's start; `lastCrash` is the newest one. */
export const engineStatus = z.object({
  process: z.enum(['starting', 'running', 'restarting', 'stopped']),
  pid: z.int().nullable(),
  hardware: hardware.nullable(),
  model: modelState,
  /** A model on its way while the one before goes on answering; or why the newest such load failed. */
  next: z.discriminatedUnion('state', [runningLoad, failedLoad]).nullable().default(null),
  /** The model that was unloaded because nobody asked it anything; the next prompt loads it again. */
  rested: id.nullable().default(null),
  /** A prompt is being answered. */
  busy: z.boolean(),
  /** Prompts that wait their turn. */
  waiting: z.int(),
  crashes: z.int(),
  lastCrash: z.object({ at: z.number(), message: z.string(), modelId: id.nullable() }).nullable(),
  /** Models left alone after repeated crashes, until the person asks for them again. */
  blocked: z.array(id),
});
export type EngineStatus = z.infer<typeof engineStatus>;

/** How fast a model was on this machine, newest answer first. */
export const measuredSpeed = z.object({
  name: z.string(),
  /** Bytes of its file. */
  size: z.number(),
  tokensPerSecond: z.number(),
  threads: z.int(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type MeasuredSpeed = z.infer<typeof measuredSpeed>;

export const engine = {
  watch: stream(nothing, engineStatus),
  /**
   * Loads a model; where memory allows, the one before answers until it is ready. Ends with `ready` or `failed`; leaving
   * the stream cancels the load, and the model before stays. `settings` are tried in place of the kept ones, and kept if
   * they work.
   */
  load: stream(
    z.object({ modelId: id, force: z.boolean().optional(), settings: loadSettings.optional() }),
    modelState,
  ),
  unload: method(nothing, z.null()),
  /** Measures the thread count of the loaded model anew and keeps the best. */
  measure: method(nothing, loadedModel),
  /** What can be chosen for a model. Fails with `model_missing` or `model_invalid`. */
  choices: method(z.object({ modelId: id }), loadChoices),
  /** The memory that a load with these settings will take; null if the file does not tell enough. */
  estimate: method(z.object({ modelId: id, settings: loadSettings }), loadEstimate.nullable()),
  /**
   * Keeps these LoRA adapters for a model, and if it is loaded puts them to work without loading it again. Fails with
   * `unsupported` for an adapter of another architecture; everything is then as before.
   */
  adapt: method(z.object({ modelId: id, adapters: z.array(adapterUse).max(8) }), z.null()),
  /** How fast models were on this machine. */
  speeds: method(nothing, z.array(measuredSpeed)),
};
