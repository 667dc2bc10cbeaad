import { InklingError } from '../../contract/errors.ts';
import type { ByteSource } from './byteSource.ts';
import { type GgmlType, ggmlTypes } from './ggmlTypes.ts';
import { readString, readUint32, readUint64 } from './values.ts';

/** The tensors of a file in figures. */
export interface TensorFacts {
  readonly count: number;
  /** Weights in all tensors. */
  readonly parameters: number;
  /** The format that holds most weights; null where there are no tensors or it is unknown. */
  readonly mostType: string | null;
}

interface Placed {
  readonly name: string;
  readonly end: number;
}

const limits = { tensors: 200_000, nameLength: 256, dimensions: 4 };

const damaged = (what: string) =>
  new InklingError('model_invalid', `The file is damaged: ${what}. Download it again.`);

/** Reads the table of tensors and checks that every one of them lies within the file. */
export async function readTensors(
  source: ByteSource,
  count: number,
  alignment: number,
  check: () => void,
): Promise<TensorFacts> {
  if (count > limits.tensors) throw damaged(`it claims to have ${count} tensors`);
  const weights = new Map<number, number>();
  let parameters = 0;
  let last: Placed = { name: '', end: 0 };
  for (let index = 0; index < count; index++) {
    const name = await readString(source, limits.nameLength, 'a tensor name');
    const shape = await readShape(source, name);
    const type = await readUint32(source);
    const offset = await readUint64(source);
    check();
    const elements = shape.reduce((product, size) => product * size, 1);
    parameters += elements;
    weights.set(type, (weights.get(type) ?? 0) + elements);
    if (offset % alignment !== 0) throw damaged(`the tensor "${name}" lies at an impossible place`);
    const end = offset + tensorSize(name, shape[0] ?? 1, elements, ggmlTypes.get(type));
    if (end > last.end) last = { name, end };
  }
  const dataStart = Math.ceil(source.position / alignment) * alignment;
  const missing = count === 0 ? 0 : dataStart + last.end - source.size;
  if (missing > 0) throw cutOff(last.name, missing, source.size);
  const most = [...weights].sort((a, b) => b[1] - a[1])[0];
  return { count, parameters, mostType: most ? (ggmlTypes.get(most[0])?.name ?? null) : null };
}

async function readShape(source: ByteSource, name: string): Promise<number[]> {
  const dimensions = await readUint32(source);
  if (dimensions > limits.dimensions)
    throw damaged(`the tensor "${name}" claims to have ${dimensions} dimensions`);
  const shape: number[] = [];
  for (let index = 0; index < dimensions; index++) {
    const size = await readUint64(source);
    if (size === 0 || size > 2 ** 40) throw damaged(`the tensor "${name}" has an impossible size`);
    shape.push(size);
  }
  return shape;
}

/** Bytes of a tensor; of an unknown format only that it has some. */
function tensorSize(name: string, row: number, elements: number, type: GgmlType | undefined): number {
  if (!type) return 1;
  if (row % type.block !== 0) throw damaged(`the tensor "${name}" has rows that do not fit its format`);
  return (elements / type.block) * type.bytes;
}

function cutOff(name: string, missing: number, size: number): InklingError {
  const share = Math.floor((100 * size) / (size + missing));
  const known = Number.isSafeInteger(size + missing) && share > 0;
  return new InklingError(
    'model_invalid',
    known
      ? `The file is cut off: only ${share}% of it is there (${missing} bytes are missing). Download it again.`
      : `The file is damaged: the tensor "${name}" lies far beyond its end. Download it again.`,
  );
}
