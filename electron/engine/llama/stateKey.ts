import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LlamaContext } from 'node-llama-cpp';
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

/** Everything an evaluated state depends on beside its tokens; with another key it must never be read. */
export async function stateKey(given: {
  readonly backend: Backend;
  readonly fingerprint: string;
  readonly context: LlamaContext;
  readonly template: TemplateHost;
  readonly chatTemplate: string | null;
  readonly input: Pick<LoadInput, 'cacheType'>;
  readonly adapters: readonly AdapterFile[];
}): Promise<Buffer> {
  const { backend, context, template, input } = given;
  const adapters = await Promise.all(
    given.adapters.map(async ({ path, scale }) => [await fingerprint(path), scale] as const),
  );
  const facts = [
    ['inkling', 1],
    [process.platform, process.arch],
    [backend.version, backend.llama.llamaCppRelease, backend.llama.gpu],
    given.fingerprint,
    [context.contextSize, context.flashAttention, input.cacheType],
    adapters,
    [template.info.source, template.info.name, given.chatTemplate],
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest();
}
