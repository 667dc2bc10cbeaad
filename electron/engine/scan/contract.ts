import { z } from 'zod';
import { method } from '../../contract/define.ts';
import { ggufSummary } from '../../contract/library.ts';

export const scanResult = z.object({
  summary: ggufSummary,
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
  },
};
export type ScanContract = typeof scanContract;
