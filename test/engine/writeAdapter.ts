import { quantize } from '../../models/quantize.ts';
import { createRandom } from '../../models/random.ts';
import { shapes } from '../../models/randomModel.ts';
import { type GgufTensor, writeGguf } from '../../models/writeGguf.ts';

/** Writes a small LoRA adapter for the tiny test model that changes what it says; `width` other than its own fits no model. */
export async function writeAdapter(
  path: string,
  options: { readonly name?: string; readonly architecture?: string; readonly width?: number } = {},
): Promise<void> {
  const { layers, feedForward, embedding } = shapes.tiny;
  const width = options.width ?? embedding;
  const rank = 4;
  const random = createRandom(11);
  const noise = (name: string, shape: readonly [number, number]): GgufTensor => ({
    name,
    type: 'F32',
    shape,
    chunks: () => [
      quantize(
        'F32',
        Float32Array.from({ length: shape[0] * shape[1] }, () => random.normal()),
      ),
    ],
  });
  const tensors = Array.from({ length: layers }, (_, layer) => [
    noise(`blk.${layer}.ffn_down.weight.lora_a`, [feedForward, rank]),
    noise(`blk.${layer}.ffn_down.weight.lora_b`, [rank, width]),
  ]).flat();
  await writeGguf(
    path,
    {
      'general.architecture': { type: 'string', value: options.architecture ?? 'llama' },
      'general.type': { type: 'string', value: 'adapter' },
      'general.name': { type: 'string', value: options.name ?? 'Another voice (test adapter)' },
      'adapter.type': { type: 'string', value: 'lora' },
      'adapter.lora.alpha': { type: 'float32', value: 8 },
    },
    tensors,
  );
}
