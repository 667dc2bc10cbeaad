import type { TensorType } from './writeGguf.ts';

/** Encodes values into the tensor format, block by block as llama.cpp's reference does. */
export function quantize(type: TensorType, values: Float32Array): Uint8Array {
  switch (type) {
    case 'F32':
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
    case 'F16':
      return quantizeF16(values);
    case 'Q8_0':
      return quantizeBlocks(values, 34, writeQ8);
    case 'Q4_0':
      return quantizeBlocks(values, 18, writeQ4);
  }
}

function quantizeF16(values: Float32Array): Uint8Array {
  const bytes = Buffer.alloc(values.length * 2);
  values.forEach((value, index) => {
    bytes.writeUInt16LE(toHalf(value), index * 2);
  });
  return bytes;
}

type BlockWriter = (out: Buffer, at: number, block: Float32Array) => void;

function quantizeBlocks(values: Float32Array, size: number, write: BlockWriter): Uint8Array {
  const bytes = Buffer.alloc((values.length / 32) * size);
  for (let block = 0; block * 32 < values.length; block++) {
    write(bytes, block * size, values.subarray(block * 32, block * 32 + 32));
  }
  return bytes;
}

const writeQ8: BlockWriter = (out, at, block) => {
  const scale = block.reduce((most, value) => Math.max(most, Math.abs(value)), 0) / 127;
  out.writeUInt16LE(toHalf(scale), at);
  block.forEach((value, index) => {
    out.writeInt8(scale === 0 ? 0 : Math.round(value / scale), at + 2 + index);
  });
};

const writeQ4: BlockWriter = (out, at, block) => {
  const extreme = block.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0);
  const scale = extreme / -8;
  out.writeUInt16LE(toHalf(scale), at);
  const nibble = (index: number) =>
    scale === 0 ? 8 : Math.max(0, Math.min(15, Math.floor((block[index] ?? 0) / scale + 8.5)));
  for (let index = 0; index < 16; index++) out[at + 2 + index] = nibble(index) | (nibble(index + 16) << 4);
};

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** IEEE half precision; below its normal range everything becomes zero, which weights do not notice. */
function toHalf(value: number): number {
  single[0] = value;
  const raw = bits[0] ?? 0;
  const sign = (raw >>> 16) & 0x8000;
  const exponent = ((raw >>> 23) & 0xff) - 112;
  if (exponent <= 0) return sign;
  if (exponent >= 31) return sign | 0x7bff;
  const rounded = (exponent << 10) + ((raw & 0x7fffff) >>> 13) + ((raw >>> 12) & 1);
  return sign | Math.min(rounded, 0x7bff);
}
