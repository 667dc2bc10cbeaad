import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { InklingError } from '../../../electron/contract/errors.ts';
import { loadSettings } from '../../../electron/contract/load.ts';
import { type GenerateEvent, type GenerateWish, loadInput } from '../../../electron/engine/contract.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import {
  createEngine,
  type Engine,
  type EngineOptions,
} from '../../../electron/services/engine/createEngine.ts';
import type { RequestFor } from '../../../electron/services/engine/loader.ts';

/** The engine that does what a prompt says. */
export const entry = join(import.meta.dirname, '../../fakes/scriptedEngine.ts');
export const never = new AbortController().signal;
export const children = createChildProcesses();

export interface Started {
  readonly engine: Engine;
  readonly remembered: unknown[];
  readonly kept: [string, unknown][];
  readonly answered: string[];
}

const settings = loadSettings.parse({});
const requestFor: RequestFor = async (id, given = settings) => {
  if (id === 'gone') throw new InklingError('model_missing', 'gone');
  return {
    input: loadInput.parse({
      path: `/models/${id}.gguf`,
      contextSize: given.contextSize ?? (id.includes('memory') ? 8192 : 512),
      threads: null,
      threadsBy: null,
      adapters: given.adapters.map((adapter) => ({
        path: `/models/${adapter.id}.gguf`,
        scale: adapter.scale,
      })),
    }),
    knownSpeeds: [],
    attempt: { settings: given, contextSize: given.contextSize ?? 8192, layers: 2 },
    memory: async () => 1e9,
    remember: () => {},
    onLoaded: () => {},
  };
};

/** Starts the app's engine over scripted processes. A model is as its id says; `gone` is missing. */
export function start(options: Partial<EngineOptions> = {}): Started {
  const remembered: unknown[] = [];
  const kept: [string, unknown][] = [];
  const answered: string[] = [];
  const engine = createEngine({
    spawn: children.spawn,
    entry,
    roomFor: () => false,
    keep: (id, changed) => kept.push([id, changed]),
    onAnswer: (id) => answered.push(id),
    unloadAfter: () => null,
    ...options,
    requestFor: async (id, given) => ({
      ...(await (options.requestFor ?? requestFor)(id, given)),
      remember: (choice) => void remembered.push(choice),
    }),
  });
  onTestFinished(() => engine.close());
  return { engine, remembered, kept, answered };
}

/** A prompt that is a script. */
export const ask = (script: string): GenerateWish => ({
  messages: [{ role: 'user', text: script }],
  sampling: { temperature: 0, topK: 0, topP: 1, minP: 0, repeatPenalty: 1, maxTokens: null, seed: null },
  stop: [],
});
export const load = (engine: Engine, id: string, signal = never, force = false) =>
  engine.ensureLoaded(id, signal, () => {}, force);
/** All events of an answer. */
export const collect = async (events: AsyncIterable<GenerateEvent>) => {
  const all: GenerateEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};
/** The first status that is as told. */
export const until = async (engine: Engine, test: (status: Engine['status']['value']) => boolean) => {
  for await (const status of engine.status.watch(AbortSignal.timeout(15_000)))
    if (test(status)) return status;
  throw new Error('the engine never got there');
};
