import { z } from 'zod';
import { id, nothing, timestamp } from './common.ts';
import { method, stream } from './define.ts';

/** Why the app asked something of the network. */
export const networkPurpose = z.enum(['search', 'model', 'download', 'token']);
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

/** What the window may know of the access token: never the token itself. */
export const tokenStatus = z.object({
  /** Null while none is set. */
  token: z
    .object({
      setAt: timestamp,
      /** Its last four characters, to tell one from another. */
      ending: z.string(),
      /** `system`: hidden by the system's secret store. `file`: a file that only this account can read. */
      keptBy: z.enum(['system', 'file']),
      /** What the hub said when it was last asked; `unknown` before that. */
      check: z.enum(['unknown', 'accepted', 'refused']),
      checkedAt: timestamp.nullable(),
      /** The name of the account on the hub, once it was accepted. */
      account: z.string().nullable(),
    })
    .nullable(),
  /** Why a token that was set cannot be used any more. */
  problem: z.string().nullable(),
  /** Where a person makes one. */
  page: z.string(),
});
export type TokenStatus = z.infer<typeof tokenStatus>;

export const network = {
  /** The newest requests since the app started, newest first, at most 200; told at most ten times a second. */
  watch: stream(nothing, z.object({ hub: z.string(), total: z.int(), requests: z.array(networkRequest) })),
  /** Now and after each change. */
  watchToken: stream(nothing, tokenStatus),
  /** Keeps a token for gated models; it goes to the hub's own origin only. Fails with `bad_input` or `storage_full`. */
  setToken: method(z.object({ token: z.string().max(4096) }), tokenStatus),
  /** Asks the hub whose token it is. Fails with `not_found` (none is set), `unauthorized`, `offline` or `timeout`. */
  checkToken: method(nothing, tokenStatus),
  /** Forgets the token and deletes what was kept of it. */
  removeToken: method(nothing, tokenStatus),
};
