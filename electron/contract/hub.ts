import { z } from 'zod';
import { timestamp } from './common.ts';
import { method } from './define.ts';
import { repoFile, repoName } from './downloads.ts';
import { fitWord } from './load.ts';

/** How a model fits this machine: an estimate, never a promise. */
export const fit = z.object({
  /** `well` fits in place of the model that is loaded now, `tight` only if other programs make room, `no` not at all. */
  word: fitWord,
  /** Bytes of memory the model is estimated to need with its usual window; null if unknown. */
  memory: z.number().nullable(),
  /** The window the estimate is for, in tokens. */
  contextSize: z.int(),
  /** One sentence with the numbers behind the word. */
  reason: z.string(),
  /** About how fast it will write here, from what other models showed; null before anything was measured. */
  tokensPerSecond: z.number().nullable(),
});
export type Fit = z.infer<typeof fit>;

/** Whether a person has to ask before downloading: `auto` is a click on the model's page, `manual` waits for approval. */
export const gate = z.enum(['open', 'auto', 'manual', 'unknown']);

export const license = z.object({
  /** As the hub writes it, like `apache-2.0`. */
  id: z.string(),
  name: z.string(),
  /** Whether its use is limited; null if unknown. */
  restricted: z.boolean().nullable(),
  /** What the limits are about, if that is known. */
  note: z.string().nullable(),
});

/** One choice of a model: a file, or the parts of a split one together. */
export const modelFile = z.object({
  /** The file to give `downloads.start`. */
  file: repoFile,
  /** Like `Q4_K_M`; null if the name does not say. */
  quantization: z.string().nullable(),
  parts: z.int().min(1),
  /** Bytes of all parts; null if unknown. */
  size: z.number().nullable(),
  /** Of a file in one piece, where the hub says it. */
  sha256: z.string().nullable(),
  fit,
});
export type ModelFile = z.infer<typeof modelFile>;

/** Which file to take, and why in one sentence. */
export const recommendation = z.object({ file: repoFile, reason: z.string() });

/** Sampling that the model's makers recommend, for one way of using it. */
export const recommendedSampling = z.object({
  mode: z.string(),
  temperature: z.number().nullable(),
  topP: z.number().nullable(),
  topK: z.number().nullable(),
  minP: z.number().nullable(),
  presencePenalty: z.number().nullable(),
  repeatPenalty: z.number().nullable(),
});

/** A model of the curated catalogue, which needs no network. Null is "not known". */
export const catalogModel = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string(),
  kind: z.enum(['chat', 'embedding', 'reranker']),
  /** What it is good at, in a few words. */
  strength: z.string(),
  repo: repoName,
  architecture: z.string(),
  parameters: z.number().nullable(),
  parametersLabel: z.string(),
  license: license.nullable(),
  gate,
  contextLength: z.int().nullable(),
  thinks: z.boolean(),
  /** The model also takes images or sound elsewhere; Inkling uses its text. */
  textOnly: z.boolean(),
  sampling: z.array(recommendedSampling),
  files: z.array(modelFile),
  recommended: recommendation.nullable(),
});
export type CatalogModel = z.infer<typeof catalogModel>;

/** One row of a search. The hub tells sizes only when asked for one model. */
export const foundModel = z.object({
  repo: repoName,
  author: z.string(),
  name: z.string(),
  downloads: z.number().nullable(),
  likes: z.number().nullable(),
  updatedAt: timestamp.nullable(),
  gate,
  license: z.string().nullable(),
  /** What the model is for, as the hub sorts it, like `text-generation`. */
  task: z.string().nullable(),
});
export type FoundModel = z.infer<typeof foundModel>;

/** Everything needed to decide on one repository. */
export const modelDetails = foundModel.extend({
  commit: z.string().nullable(),
  architecture: z.string().nullable(),
  /** Whether the llama.cpp inside Inkling knows this architecture; null if unknown. */
  supported: z.boolean().nullable(),
  parameters: z.number().nullable(),
  contextLength: z.number().nullable(),
  /** Smallest first. */
  files: z.array(modelFile),
  recommended: recommendation.nullable(),
  /** GGUF files left out because they are no models to chat with (projectors, drafts, matrices). */
  leftOut: z.int(),
  /** The model's page, to be opened by the person. */
  page: z.string(),
});
export type ModelDetails = z.infer<typeof modelDetails>;

const searchSort = z.enum(['downloads', 'likes', 'lastModified', 'createdAt', 'trendingScore']);

/**
 * What can be had. `catalog` needs no network. The others fail with `offline`, `timeout`, `rate_limited`
 * (details `retryAt`), `not_found`, `gated` or `hub_error`; the catalogue works all the same.
 */
export const hub = {
  catalog: method(z.null().or(z.strictObject({})).optional(), z.object({ models: z.array(catalogModel) })),
  /** GGUF repositories. A call that is cancelled within a quarter of a second asks nothing, so search while typing. */
  search: method(
    z.object({
      query: z.string().max(200).default(''),
      sort: searchSort.default('downloads'),
      /** Like `apache-2.0`; null for any. */
      license: z
        .string()
        .regex(/^[\w.-]{1,60}$/)
        .nullable()
        .default(null),
      limit: z.int().min(1).max(100).default(30),
      /** `next` of the page before. */
      cursor: z.string().max(2000).nullable().default(null),
    }),
    z.object({ models: z.array(foundModel), next: z.string().nullable() }),
  ),
  model: method(z.object({ repo: repoName }), modelDetails),
};
