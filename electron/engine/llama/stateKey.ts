import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import type { AdapterFile, LoadInput } from '../contract.ts';
import type { Backend } from './library.ts';
import type { TemplateHost } from './templateHost.ts';

const headerSize = 1 << 20;
const samples = 16;
const sampleSize = 1 << 16;

/**
 * Tells one model file from any other without reading all of it: sizes and times, the header, and samples of the weights
 * from its start to its end. One rule whether or not a hash is known, so that a check of the file changes nothing.
 */
export async function fingerprint(path: string): Promise<string> {
  const sum = createHash('sha256');
  for (const part of parts(path)) await addFile(sum, part);
  return sum.digest('hex');
}

/** A model in several files is named after its first. */
function parts(path: string): string[] {
  const [, start, count] = /^(.*-)\d{5}-of-(\d{5})\.gguf$/.exec(basename(path)) ?? [];
  if (start === undefined || count === undefined || Number(count) > 1000) return [path];
  return Array.from({ length: Number(count) }, (_, at) =>
    join(dirname(path), `${start}${String(at + 1).padStart(5, '0')}-of-${count}.gguf`),
  );
}

async function addFile(sum: ReturnType<typeof createHash>, path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const { size, mtimeNs } = await handle.stat({ bigint: true });
    sum.update(`${size} ${mtimeNs}\n`);
    const bytes = Buffer.alloc(headerSize);
    const add = async (at: number, length: number) => {
      const { bytesRead } = await handle.read(bytes, 0, length, at);
      sum.update(bytes.subarray(0, bytesRead));
    };
    await add(0, headerSize);
    const step = Math.floor(Math.max(0, Number(size) - sampleSize) / samples);
    for (let sample = 1; sample <= samples; sample++) await add(sample * step, sampleSize);
  } finally {
    await handle.close();
  }
}

/** Everything an evaluated state depends on beside its tokens. */
export interface StateFacts {
  /** Of node-llama-cpp, and of llama.cpp. */
  readonly versions: readonly [library: string, llamaCpp: string];
  readonly gpu: string | false;
  readonly gpuLayers: number;
  /** Fingerprint of the model's file. */
  readonly model: string;
  readonly contextSize: number;
  readonly flashAttention: boolean | 'auto';
  readonly cacheType: LoadInput['cacheType'];
  /** Fingerprint and scale of each. */
  readonly adapters: readonly (readonly [string, number])[];
  readonly template: { readonly source: string; readonly name: string; readonly text: string | null };
}

/** The key of all states with the same facts; with another key a state must never be read. */
export function stateKey(facts: StateFacts): Buffer {
  const { versions, gpu, gpuLayers, model, contextSize, flashAttention, cacheType, adapters, template } =
    facts;
  const ordered = [
    ['inkling', 1],
    [process.platform, process.arch],
    [...versions, gpu, gpuLayers],
    model,
    [contextSize, flashAttention, cacheType],
    adapters,
    [template.source, template.name, template.text],
  ];
  return createHash('sha256').update(JSON.stringify(ordered)).digest();
}

/** Gathers the facts of a context. */
export async function stateFacts(given: {
  readonly backend: Backend;
  readonly model: LlamaModel;
  readonly fingerprint: Promise<string>;
  readonly context: LlamaContext;
  readonly template: Promise<TemplateHost>;
  readonly chatTemplate: string | null;
  readonly input: Pick<LoadInput, 'cacheType'>;
  readonly adapters: readonly AdapterFile[];
}): Promise<StateFacts> {
  const { backend, context, input } = given;
  const { info } = await given.template;
  const { repo, release } = backend.llama.llamaCppRelease;
  return {
    versions: [backend.version, `${repo} ${release}`],
    gpu: backend.llama.gpu,
    gpuLayers: given.model.gpuLayers,
    model: await given.fingerprint,
    contextSize: context.contextSize,
    flashAttention: context.flashAttention,
    cacheType: input.cacheType,
    adapters: await Promise.all(
      given.adapters.map(async ({ path, scale }) => [await fingerprint(path), scale] as const),
    ),
    template: { source: info.source, name: info.name, text: given.chatTemplate },
  };
}
