import { z } from 'zod';
import { id, nothing } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';

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
  loadMs: z.number(),
});
export type LoadedModel = z.infer<typeof loadedModel>;

/** The machine as llama.cpp sees it. */
export const hardware = z.object({
  llamaCpp: z.string(),
  backend: z.string(),
  gpuNames: z.array(z.string()),
  cpu: z.string(),
  cores: z.int(),
  totalMemory: z.number(),
  /** What a person should know about it, for example that the GPU had to be left out; null if nothing. */
  note: z.string().nullable().default(null),
});
export type Hardware = z.infer<typeof hardware>;

const modelState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('none') }),
  /** `fraction` 0 to 1; `phase` tells reading the file from measuring threads. */
  z.object({
    state: z.literal('loading'),
    id,
    phase: z.enum(['reading', 'measuring']),
    fraction: z.number(),
  }),
  z.object({ state: z.literal('ready'), id, loaded: loadedModel }),
  z.object({ state: z.literal('failed'), id, error: failure }),
]);

/** The engine process and its model. `crashes` counts since the app's start; `lastCrash` is the newest one. */
export const engineStatus = z.object({
  process: z.enum(['starting', 'running', 'restarting', 'stopped']),
  pid: z.int().nullable(),
  hardware: hardware.nullable(),
  model: modelState,
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

export const engine = {
  watch: stream(nothing, engineStatus),
  /** Loads a model, unloading the one before. Ends when ready; leaving the stream cancels the load. */
  load: stream(z.object({ modelId: id, force: z.boolean().optional() }), modelState),
  unload: method(nothing, z.null()),
  /** Measures the thread count of the loaded model anew and keeps the best. */
  measure: method(nothing, loadedModel),
};
