import { z } from 'zod';
import { id } from './common.ts';
import { failure } from './errors.ts';

/** How the cache of a window is kept: as exact as usual, or in half or a quarter of the memory. */
export const cacheType = z.enum(['f16', 'q8_0', 'q4_0']);
export type CacheType = z.infer<typeof cacheType>;

/** A LoRA adapter beside a model: a file of the library, and how strongly it works (1 as its makers meant it). */
export const adapterUse = z.object({ id, scale: z.number().min(-4).max(4).default(1) });
export type AdapterUse = z.infer<typeof adapterUse>;

/** How one model is loaded; the defaults suit every model. */
export const loadSettings = z
  .object({
    /** Tokens; null takes the general setting. */
    contextSize: z.int().min(64).max(1_048_576).nullable().default(null),
    /** Layers on the GPU; `auto` takes as many as fit. */
    gpuLayers: z.union([z.literal('auto'), z.int().min(0).max(10_000)]).default('auto'),
    /** Null measures the sensible counts and takes the best. */
    threads: z.int().min(1).max(256).nullable().default(null),
    flashAttention: z.enum(['auto', 'on', 'off']).default('auto'),
    cacheType: cacheType.default('f16'),
    /** The file is mapped into memory; without, it is read into it. */
    mmap: z.boolean().default(true),
    adapters: z.array(adapterUse).max(8).default([]),
  })
  .refine(({ cacheType, flashAttention }) => cacheType === 'f16' || flashAttention !== 'off', {
    message: 'a smaller cache needs flash attention',
  });
export type LoadSettings = z.infer<typeof loadSettings>;

/** What made a load fail, as far as it can be told. */
export const loadCause = z.enum([
  'memory',
  'gpu_memory',
  'architecture',
  'damaged',
  'cpu',
  'disk',
  'adapter',
  'unknown',
]);
export type LoadCause = z.infer<typeof loadCause>;

/** The next sensible way to load a model that could not be loaded. */
export const nextTry = z.object({
  /** For a button: "Try with a context of 4,096". */
  label: z.string(),
  settings: loadSettings,
});
export type NextTry = z.infer<typeof nextTry>;

/** Why the newest load of a model failed, and what can be tried. */
export const failedLoad = z.object({
  state: z.literal('failed'),
  id,
  error: failure,
  cause: loadCause,
  retry: nextTry.nullable(),
});
export type FailedLoad = z.infer<typeof failedLoad>;

/** A load on its way; `fraction` 0 to 1, `phase` tells reading the file from measuring threads. */
export const runningLoad = z.object({
  state: z.literal('loading'),
  id,
  phase: z.enum(['reading', 'measuring']),
  fraction: z.number(),
  /** What a person should know about it: that the model before had to go first; null if nothing. */
  note: z.string().nullable(),
});
export type RunningLoad = z.infer<typeof runningLoad>;

/** How something fits this machine: beside what runs now, only if other programs make room, or not at all. */
export const fitWord = z.enum(['well', 'tight', 'no', 'unknown']);
export type FitWord = z.infer<typeof fitWord>;

/** The memory a load will take, in bytes: an estimate, corrected by what real loads took on this machine. */
export const loadEstimate = z.object({
  weights: z.number(),
  cache: z.number(),
  /** What one step of the computation and the engine itself need. */
  working: z.number(),
  total: z.number(),
  /** The window it is for, as it will be loaded. */
  contextSize: z.int(),
  word: fitWord,
  /** What there is of memory, in one sentence. */
  reason: z.string(),
});
export type LoadEstimate = z.infer<typeof loadEstimate>;

/** One recommended value of the sampling and who recommends it. */
export const samplingSource = z.enum(['you', 'card', 'file', 'inkling']);
export const samplingDefault = z.object({
  key: z.enum(['temperature', 'topK', 'topP', 'minP', 'repeatPenalty']),
  value: z.number(),
  /** `you` in Settings, the model's `card`, the model's `file`, or Inkling's own default. */
  source: samplingSource,
});
export type SamplingDefault = z.infer<typeof samplingDefault>;

/** The sampling that its makers wrote into a model's file; what they left out is missing. */
export const fileSampling = z.object({
  temperature: z.number().optional(),
  topK: z.number().optional(),
  topP: z.number().optional(),
  minP: z.number().optional(),
  repeatPenalty: z.number().optional(),
});
export type FileSampling = z.infer<typeof fileSampling>;

/** What can be chosen for a model; null where its file does not tell. */
export const loadChoices = z.object({
  /** The largest window it was trained for. */
  contextSize: z.int().nullable(),
  layers: z.int().nullable(),
  /** The window a load without a choice of its own has. */
  usualContextSize: z.int(),
  sampling: z.array(samplingDefault),
  /** Adapters in the library; the reason says why one cannot be used with this model. */
  adapters: z.array(z.object({ id, name: z.string(), reason: z.string().nullable() })),
});
export type LoadChoices = z.infer<typeof loadChoices>;
