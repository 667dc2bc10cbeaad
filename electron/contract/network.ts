import { z } from 'zod';
import { id, nothing, timestamp } from './common.ts';
import { stream } from './define.ts';

/** Why the app asked something of the network. */
export const networkPurpose = z.enum(['search', 'model', 'download']);
export type NetworkPurpose = z.infer<typeof networkPurpose>;

/** One request that left this machine, or tried to; without tokens and without what stood behind the `?`. */
export const networkRequest = z.object({
  id,
  at: timestamp,
  /** Name and port, as in an address. */
  host: z.string(),
  /** What was asked for on the hub itself; empty for the servers it sends to, whose paths may be secret. */
  path: z.string(),
  purpose: networkPurpose,
  /** The HTTP status; null while it runs, or where no answer came. */
  status: z.int().nullable(),
  /** Bytes of the answer that arrived so far. */
  received: z.number(),
  state: z.enum(['running', 'done', 'failed']),
});
export type NetworkRequest = z.infer<typeof networkRequest>;

export const network = {
  /** The newest requests since the app started, newest first, at most 200; told at most ten times a second. */
  watch: stream(nothing, z.object({ hub: z.string(), total: z.int(), requests: z.array(networkRequest) })),
};
