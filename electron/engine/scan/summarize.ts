import type { GgufSummary } from '../../contract/library.ts';
import { fileTypeName } from './ggmlTypes.ts';
import type { Header } from './readHeader.ts';
import { shapeOf } from './shape.ts';

/** Which part of a split model a file is; `no` counts from 0. */
export interface Split {
  readonly no: number;
  readonly count: number;
}

/** What the library shows of a model file. The parameters of a split model are those of all parts, so one part cannot tell. */
export function summarize(header: Header): GgufSummary {
  const { metadata, tensors } = header;
  const shape = shapeOf(metadata);
  const text = (key: string) => {
    const value = metadata.get(key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 300) : null;
  };
  const architecture = text('general.architecture') ?? 'unknown';
  const count = (key: string) => {
    const value = metadata.get(`${architecture}.${key}`);
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
  };
  const fileType = metadata.get('general.file_type');
  return {
    architecture,
    name: text('general.name'),
    parameters: splitOf(header) || tensors.parameters === 0 ? null : tensors.parameters,
    quantization: (typeof fileType === 'number' ? fileTypeName(fileType) : null) ?? tensors.mostType,
    contextLength: count('context_length'),
    layers: count('block_count'),
    embeddingLength: count('embedding_length'),
    hasChatTemplate: metadata.has('tokenizer.chat_template'),
    license: text('general.license'),
    kind: shape.kind,
    sampling: shape.sampling,
  };
}

/** The place of a file in a split model; null for a model in one piece. */
export function splitOf({ metadata }: Header): Split | null {
  const no = metadata.get('split.no');
  const count = metadata.get('split.count');
  if (typeof no !== 'number' || typeof count !== 'number') return null;
  const valid = Number.isInteger(no) && Number.isInteger(count) && no >= 0 && count > 1 && no < count;
  return valid ? { no, count } : null;
}
