import { z } from 'zod';
import { method, stream } from '../../electron/contract/define.ts';
import { errorCode } from '../../electron/contract/errors.ts';

const anything = z.unknown();
/** Names one call of a test, so that its traces can be asked for afterwards. */
const name = z.string().max(40);

export const trace = z.object({
  started: z.int(),
  produced: z.int(),
  aborted: z.boolean(),
  finalised: z.boolean(),
});
export type Trace = z.infer<typeof trace>;

/** The table that the RPC suite calls over every port: one entry for each way a real service behaves. */
export const probeContract = {
  say: {
    echo: method(anything, anything),
    /** Its input has defaults and may be left out. */
    defaults: method(z.object({ limit: z.int().min(1).default(7) }).optional(), anything),
    nothing: method(z.null().optional(), z.null()),
    fail: method(
      z.object({ code: errorCode, message: z.string(), details: z.record(z.string(), anything).optional() }),
      z.null(),
    ),
    /** Throws what is no error of ours. */
    crash: method(z.enum(['error', 'string', 'undefined', 'bare', 'abort']), z.null()),
    /** Answers with something that no port can carry. */
    unwritable: method(z.null().optional(), anything),
    /** Fails with details that no port can carry. */
    unwritableDetails: method(z.null().optional(), anything),
    /** Never answers and ignores its signal. */
    never: method(z.object({ name }), z.null()),
    trace: method(z.object({ name }), trace),
  },
  flow: {
    /** Yields 0 up to `to`, without a pause. */
    count: stream(z.object({ name, to: z.int() }), z.int()),
    /** Yields these values, which may hold undefined and null. */
    values: stream(z.enum(['gaps']), anything),
    /** Yields once and then only waits for its signal. */
    watch: stream(z.object({ name }), z.string()),
    /** Yields nothing and ignores its signal. */
    deaf: stream(z.object({ name }), z.null()),
    /** Yields twice, then fails. */
    breaks: stream(z.object({ code: errorCode }), z.int()),
    /** Yields something that no port can carry. */
    unwritable: stream(z.null().optional(), anything),
  },
};
export type ProbeContract = typeof probeContract;
