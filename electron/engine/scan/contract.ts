import { z } from 'zod';
import { method, stream } from '../../contract/define.ts';
import { ggufSummary } from '../../contract/library.ts';
import { fileSampling } from '../../contract/load.ts';

/** What a file says about its build that memory and settings depend on; null where it does not say it. */
export const modelShape = z.object({
  architecture: z.string(),
  /** An `adapter` is a small change to a model (LoRA) and none by itself. */
  kind: z.enum(['model', 'adapter', 'other']),
  name: z.string().nullable(),
  contextLength: z.number().nullable(),
  layers: z.number().nullable(),
  embedding: z.number().nullable(),
  heads: z.number().nullable(),
  /** For each layer, where they differ; 0 for a layer that keeps no cache. */
  kvHeads: z.array(z.number()).nullable(),
  keyLength: z.number().nullable(),
  valueLength: z.number().nullable(),
  /** Tokens that layers with a sliding window look back. */
  slidingWindow: z.number().nullable(),
  vocabulary: z.number().nullable(),
  /** Of how many experts each token uses how many; null for a model without. */
  experts: z.object({ all: z.number(), used: z.number() }).nullable(),
  sampling: fileSampling,
});
export type ModelShape = z.infer<typeof modelShape>;

export const scanResult = z.object({
  summary: ggufSummary,
  shape: modelShape,
  /** Bytes of this file. */
  fileSize: z.number(),
  /** Which part of a split model this is, `no` from 0; null for a model in one piece. */
  split: z.object({ no: z.int(), count: z.int() }).nullable(),
});
export type ScanResult = z.infer<typeof scanResult>;

/** What the process that reads headers answers. It may be ended at any time and owns nothing. */
export const scanContract = {
  scan: {
    /** Fails with `model_missing`, or `model_invalid` and the reason in plain words. */
    read: method(z.object({ path: z.string() }), scanResult),
    /** The same for a file of which only the beginning is here; null while that tells too little. */
    readBeginning: method(z.object({ path: z.string(), wholeSize: z.number() }), modelShape.nullable()),
    /** The SHA-256 of a whole file, with how far it is until then. Fails as `read` does. */
    hash: stream(
      z.object({ path: z.string() }),
      z.object({ read: z.number(), sha256: z.string().nullable() }),
    ),
  },
};
export type ScanContract = typeof scanContract;
