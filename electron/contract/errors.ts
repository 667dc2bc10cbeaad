import { z } from 'zod';

/** Every way a call can fail that a caller may want to tell apart; anything else arrives as `internal`. */
export const errorCodes = [
  'bad_input',
  'not_found',
  'busy',
  'cancelled',
  'conflict',
  'unauthorized',
  'unsupported',
  'timeout',
  'connection_lost',
  'no_model',
  'model_missing',
  'model_invalid',
  'model_load_failed',
  'model_blocked',
  'context_overflow',
  'engine_crashed',
  'engine_unavailable',
  'storage_locked',
  'storage_full',
  'storage_failed',
  'storage_damaged',
  'storage_newer',
  'offline',
  'rate_limited',
  'gated',
  'hub_error',
  'hash_mismatch',
  'internal',
] as const;

export const errorCode = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCode>;

/** What a failure looks like on the wire and in stored messages: the message is one a person can read. */
export const failure = z.object({
  code: errorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Failure = z.infer<typeof failure>;

/** The one error type that crosses the boundary. `message` says what happened, what is safe, and what to do next. */
export class InklingError extends Error {
  override readonly name = 'InklingError';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** Turns anything thrown into a {@link Failure}; unknown errors become `internal` and keep their words, aborts `cancelled`. */
export function toFailure(error: unknown): Failure {
  if (error instanceof InklingError) {
    const { code, message, details } = error;
    return details ? { code, message, details } : { code, message };
  }
  if ((error as { name?: unknown } | null | undefined)?.name === 'AbortError')
    return { code: 'cancelled', message: 'Cancelled.' };
  return { code: 'internal', message: wordsOf(error) || 'Something went wrong inside Inkling.' };
}

function wordsOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  if (typeof message === 'string') return message;
  // An object without a prototype cannot be made a string.
  return typeof error === 'object' ? '' : String(error ?? '');
}

/** Turns a {@link Failure} from the wire back into an error to throw. */
export function fromFailure(failed: Failure): InklingError {
  return new InklingError(failed.code, failed.message, failed.details);
}
