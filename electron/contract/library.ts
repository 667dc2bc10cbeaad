import { z } from 'zod';
import { id, nothing, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { fileSampling } from './load.ts';

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
  sampling: fileSampling,
});
export type GgufSummary = z.infer<typeof ggufSummary>;

/** An app whose models can be used where they lie. */
export const otherApp = z.enum(['lmStudio', 'ollama', 'huggingFace', 'jan', 'gpt4all', 'llamaCpp']);
export type OtherApp = z.infer<typeof otherApp>;

/** What a whole read of a model's bytes came to, and when. */
export const modelCheck = z.object({
  at: timestamp,
  /**
   * `verified`: the bytes are those of `against`. `differs`: they are not. `noted`: there was nothing to compare with;
   * the hash is kept for the next time.
   */
  result: z.enum(['verified', 'differs', 'noted']),
  /** The hash of the hub; of the app that fetched it, which names files so; or of an earlier check. */
  against: z.enum(['hub', 'app', 'earlier']).nullable(),
});
export type ModelCheck = z.infer<typeof modelCheck>;

const modelBase = z.object({
  id,
  /** What the picker shows: the name the person gave, else the name in the file, else the file name. */
  name: z.string(),
  /** The person gave the name. */
  renamed: z.boolean(),
  path,
  fileName: z.string(),
  /** Bytes on disk, all parts of a split model together. */
  size: z.number(),
  parts: z.int().min(1),
  /** `builtin` comes with the app, `folder` lies in a watched folder, `file` was added by hand. */
  source: z.enum(['builtin', 'folder', 'file']),
  /** It lies in the app's own models folder, so the app may delete it. */
  owned: z.boolean(),
  /** The app it was found in; null for all others. */
  app: otherApp.nullable(),
  /** The newest check of the bytes as they are now; null if there was none. */
  check: modelCheck.nullable(),
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
  /** What people call it, where its path says little; the app it was found in. */
  name: z.string().nullable(),
  app: otherApp.nullable(),
  problem: z.string().nullable(),
});

export const librarySnapshot = z.object({
  models: z.array(model),
  sources: z.array(librarySource),
  scanning: z.boolean(),
});
export type LibrarySnapshot = z.infer<typeof librarySnapshot>;

/** A model of another app that can be used where it lies. */
export const otherModel = z.object({
  id,
  app: otherApp,
  /** As that app calls it. */
  name: z.string(),
  path,
  size: z.number(),
  parts: z.int().min(1),
  /** Something to know before choosing it; null if all is well. */
  note: z.string().nullable(),
  /** Why it cannot be used; null if it can. */
  problem: z.string().nullable(),
  /** The model of the list that it is already, by place or by every byte; null if it is none. */
  known: z.string().nullable(),
});
export type OtherModel = z.infer<typeof otherModel>;

/** How far a look at other apps is. A model that is the same as one above it, byte for byte, is left out and counted. */
export const otherModels = z.object({
  state: z.enum(['looking', 'comparing', 'done']),
  models: z.array(otherModel),
  /** Folders of other apps that are there. */
  places: z.array(z.object({ app: otherApp, path })),
  duplicates: z.int(),
  /** Bytes compared, and to compare in all: only of models with the same size. */
  compared: z.number(),
  toCompare: z.number(),
});
export type OtherModels = z.infer<typeof otherModels>;

const ofModel = z.object({ id });

export const library = {
  watch: stream(nothing, librarySnapshot),
  /** Adds a GGUF file or a folder of them where it lies; nothing is copied. */
  add: method(z.object({ path }), librarySnapshot),
  /** Forgets a file or folder; nothing on disk is deleted. */
  remove: method(z.object({ path }), librarySnapshot),
  rescan: method(nothing, librarySnapshot),
  /** Gives a model a name of the person's own; null goes back to the file's. The file is not touched. */
  rename: method(ofModel.extend({ name: z.string().trim().min(1).max(120).nullable() }), librarySnapshot),
  /**
   * Deletes a model of the models folder, with all parts. Fails with `busy` while it is loaded and `conflict` where it
   * lies elsewhere. `freed` are the bytes the disk got back.
   */
  delete: method(ofModel, z.object({ freed: z.number(), library: librarySnapshot })),
  /** Reads every byte and compares with what is known; leaving the stream ends it. `check` comes with the last event. */
  verify: stream(ofModel, z.object({ read: z.number(), size: z.number(), check: modelCheck.nullable() })),
  /** Looks for models of other apps, once; leaving the stream ends it. Nothing is changed. */
  findOthers: stream(nothing, otherModels),
  /** Uses models of the newest look where they lie. Fails with `not_found` for an id that is not of it. */
  adopt: method(z.object({ ids: z.array(id).min(1).max(1000) }), librarySnapshot),
};
