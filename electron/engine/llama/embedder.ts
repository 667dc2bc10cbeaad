import type { LlamaEmbeddingContext, LlamaModel, Token } from 'node-llama-cpp';
import { InklingError } from '../../contract/errors.ts';
import { readHeader } from '../scan/readHeader.ts';
import { usefulCores } from './hardware.ts';
import type { Backend } from './library.ts';

/** Tokens of a text that count at most; what follows in a longer one does not change its vector. */
const mostTokens = 1024;
/** Tokens that the library puts around a text. */
const around = 4;

/** A loaded model that turns texts into vectors of length 1. */
export interface Embedder {
  /** Numbers in a vector. */
  readonly dimensions: number;
  /** One vector for each text, in order. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

/** Loads an embedding model (a chat model works, too, badly). Half the cores are left to whoever chats. Fails as a load does. */
export async function openEmbedder(backend: Backend, path: string, signal: AbortSignal): Promise<Embedder> {
  // The library's own reader of headers can be made to abort the process or to hang.
  await readHeader(path);
  let model: LlamaModel | undefined;
  try {
    model = await backend.llama.loadModel({ modelPath: path, loadSignal: signal });
    const length = Math.min(mostTokens, Math.max(64, model.trainContextSize));
    const context = await model.createEmbeddingContext({
      contextSize: length,
      batchSize: length,
      threads: Math.max(1, Math.floor(usefulCores(backend.llama) / 2)),
      createSignal: signal,
    });
    const loaded = model;
    return {
      dimensions: model.embeddingVectorSize,
      async embed(texts, embedSignal) {
        const vectors: Float32Array[] = [];
        for (const text of texts) {
          embedSignal.throwIfAborted();
          vectors.push(await vectorOf(context, tokensOf(loaded, text, length)));
        }
        return vectors;
      },
      async dispose() {
        await context.dispose();
        await loaded.dispose();
      },
    };
  } catch (error) {
    await model?.dispose();
    signal.throwIfAborted();
    if (error instanceof InklingError) throw error;
    throw new InklingError(
      'model_load_failed',
      `This model cannot compute vectors: ${backend.complaint() ?? (error instanceof Error ? error.message : String(error))}. Search by words goes on. Choose another embedding model.`,
    );
  }
}

// Text of a note is text: what looks like a control token in it is none.
function tokensOf(model: LlamaModel, text: string, length: number): Token[] {
  return [...model.tokenize(text, false)].slice(0, length - around);
}

async function vectorOf(context: LlamaEmbeddingContext, tokens: Token[]): Promise<Float32Array> {
  const { vector } = await context.getEmbeddingFor(tokens);
  const norm = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (norm > 0 && Number.isFinite(norm) ? value / norm : 0));
}
