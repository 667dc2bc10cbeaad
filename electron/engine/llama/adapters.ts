import { basename } from 'node:path';
import type { LlamaModel } from 'node-llama-cpp';
import { InklingError } from '../../contract/errors.ts';
import type { AdapterFile } from '../contract.ts';
import { readHeader } from '../scan/readHeader.ts';
import { shapeOf } from '../scan/shape.ts';

/** Refuses a file that is no adapter, or one for another kind of model, before llama.cpp reads it. */
export async function checkAdapters(model: LlamaModel, adapters: readonly AdapterFile[]): Promise<void> {
  const base = model.fileInfo.metadata.general?.architecture ?? 'unknown';
  for (const { path } of adapters) {
    const { kind, architecture } = shapeOf((await readHeader(path)).metadata);
    if (kind !== 'adapter') throw refusal(`${basename(path)} is no adapter but a model of its own.`);
    if (architecture !== base)
      throw refusal(
        `The adapter ${basename(path)} was made for “${architecture}” models, and this one is “${base}”.`,
      );
  }
}

/** What llama.cpp said when an adapter could not be put to work, in words. */
export function adapterFailure(error: unknown, complaint: string | null): InklingError {
  if (error instanceof InklingError) return error;
  const reason = complaint ?? (error instanceof Error ? error.message : String(error));
  return refusal(`The adapter does not fit this model (${reason.replace(/\.$/, '')}).`);
}

const refusal = (words: string) =>
  new InklingError('unsupported', `${words} The model stays as it was.`, { cause: 'adapter' });
