import { z } from 'zod';
import data from './catalog.json' with { type: 'json' };

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const commit = z.string().regex(/^[0-9a-f]{40}$/);

/**
 * The curated models as they were seen on a day. Null is "not known", never "no". Sizes and hashes serve as estimates
 * while there is no network: uploaders replace files, so a download asks the hub.
 */
export const catalogSchema = z.strictObject({
  schema: z.literal(1),
  seen: z.iso.date(),
  /** What the llama.cpp inside Inkling can load, by the names that stand in model files. */
  llamaCpp: z.strictObject({ tag: z.string(), architectures: z.array(z.string()).min(100) }),
  models: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9.-]+$/),
      name: z.string(),
      family: z.string(),
      kind: z.enum(['chat', 'embedding', 'reranker']),
      strength: z.string(),
      repo: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
      baseRepo: z.string().nullable(),
      architecture: z.string(),
      parameters: z.int().positive().nullable(),
      parametersLabel: z.string(),
      license: z
        .strictObject({
          id: z.string(),
          name: z.string(),
          restricted: z.boolean().nullable(),
          note: z.string().nullable(),
        })
        .nullable(),
      gate: z.enum(['open', 'auto', 'manual', 'unknown']),
      contextLength: z.int().positive().nullable(),
      /** Bytes of cache for 1,024 tokens, measured. */
      kvBytesPer1024Tokens: z.int().positive().nullable(),
      thinks: z.boolean(),
      textOnly: z.boolean(),
      embedding: z
        .strictObject({
          dimensions: z.int(),
          pooling: z.string(),
          queryPrefix: z.string().nullable(),
          documentPrefix: z.string().nullable(),
          maxTokens: z.int().nullable(),
        })
        .nullable(),
      sampling: z.array(
        z.strictObject({
          mode: z.string(),
          temperature: z.number().nullable(),
          topP: z.number().nullable(),
          topK: z.number().nullable(),
          minP: z.number().nullable(),
          presencePenalty: z.number().nullable(),
          repeatPenalty: z.number().nullable(),
        }),
      ),
      files: z
        .array(
          z.strictObject({
            file: z.string().endsWith('.gguf'),
            quantization: z.string(),
            size: z.int().positive().nullable(),
            sha256: sha256.nullable(),
            commit: commit.nullable(),
            /** The one to take unless the machine says otherwise. */
            usual: z.boolean(),
          }),
        )
        .min(1),
    }),
  ),
});
export type Catalog = z.infer<typeof catalogSchema>;
export type CatalogEntry = Catalog['models'][number];

/** The catalogue that comes with the app. */
export const catalog: Catalog = catalogSchema.parse(data);
