import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Shape } from '../../models/randomModel.ts';
import { writeRandomModel } from '../../models/randomModel.ts';

/** The measures of the usual small embedding models: 6 layers, vectors of 384 numbers. */
const shape: Shape = {
  type: 'Q8_0',
  embedding: 384,
  layers: 6,
  heads: 12,
  kvHeads: 12,
  feedForward: 1536,
  vocabulary: 0,
};

/** An embedding model of the usual size with random weights: as fast as a real one, which is all that is measured. */
export async function benchEmbedder(): Promise<string> {
  const path = join(tmpdir(), 'inkling-bench-embedder.gguf');
  if (!existsSync(path)) await writeRandomModel(path, { shape, contextLength: 1024 });
  return path;
}
