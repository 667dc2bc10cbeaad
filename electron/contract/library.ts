import { z } from 'zod';
import { id, nothing, path } from './common.ts';
import { method, stream } from './define.ts';

/** What the header of a GGUF file says; null where it does not. */
export const ggufSummary = z.object({
  architecture: z.string(),
  name: z.string().nullable(),
  parameters: z.number().nullable(),
  quantization: z.string().nullable(),
  /** Context window in tokens the model was trained for. */
  contextLength: z.int().nullable(),
  layers: z.int().nullable(),
  embeddingLength: z.int().nullable(),
  hasChatTemplate: z.boolean(),
  license: z.string().nullable(),
  /** An `adapter` (LoRA) is a small change to a model and none by itself; `other` parts are neither. */
  kind: z.enum(['model', 'adapter', 'other']),
});
export type GgufSummary = z.infer<typeof ggufSummary>;

const modelBase = z.object({
  id,
  /** What the picker shows: the name in the file, else the file name. */
  name: z.string(),
  path,
  fileName: z.string(),
  /** Bytes on disk, all parts of a split model together. */
  size: z.number(),
  parts: z.int().min(1),
  /** `builtin` comes with the app, `folder` lies in a watched folder, `file` was added by hand. */
  source: z.enum(['builtin', 'folder', 'file']),
});

/** One model file the app knows; an unreadable one stays listed, with the reason. */
export const model = z.discriminatedUnion('state', [
  modelBase.extend({ state: z.literal('reading') }),
  modelBase.extend({ state: z.literal('ok'), summary: ggufSummary }),
  modelBase.extend({ state: z.literal('invalid'), reason: z.string() }),
]);
export type Model = z.infer<typeof model>;

/** A file or folder that the library looks at; `problem` says why it cannot. */
export const librarySource = z.object({
  path,
  kind: z.enum(['file', 'folder']),
  /** `builtin` came with the app, `own` is the app's models folder, `added` was added by hand and can be removed. */
  role: z.enum(['builtin', 'own', 'added']),
  problem: z.string().nullable(),
});

export const librarySnapshot = z.object({
  models: z.array(model),
  sources: z.array(librarySource),
  scanning: z.boolean(),
});
export type LibrarySnapshot = z.infer<typeof librarySnapshot>;

export const library = {
  watch: stream(nothing, librarySnapshot),
  /** Adds a GGUF file or a folder of them where it lies; nothing is copied. */
  add: method(z.object({ path }), librarySnapshot),
  /** Forgets a file or folder; nothing on disk is deleted. */
  remove: method(z.object({ path }), librarySnapshot),
  rescan: method(nothing, librarySnapshot),
};
