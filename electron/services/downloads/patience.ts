import { setTimeout as sleep } from 'node:timers/promises';
import { InklingError } from '../../contract/errors.ts';

/** Tries without a single new byte before a download stops, and the waits between them, in ms. */
export interface PatienceLimits {
  readonly tries: number;
  readonly first: number;
  readonly longest: number;
}

/** Decides how long to wait after trouble, for all connections of a download together. */
export interface Patience {
  /** Hears that bytes arrived: trouble is over. */
  progress(): void;
  /** Waits before the next try. Throws the error where trying again makes no sense any more. */
  after(error: unknown, signal: AbortSignal): Promise<void>;
  /** Waits while the hub asked for a pause. */
  ready(signal: AbortSignal): Promise<void>;
}

/** Makes a {@link Patience}; `onWait` hears until when is waited, and null when it goes on. */
export function createPatience(options: {
  readonly limits: PatienceLimits;
  readonly onWait: (until: number | null) => void;
}): Patience {
  const { limits, onWait } = options;
  let tries = 0;
  let notBefore = 0;

  const ready = async (signal: AbortSignal) => {
    signal.throwIfAborted();
    if (Date.now() >= notBefore) return;
    onWait(notBefore);
    while (Date.now() < notBefore) await sleep(Math.min(notBefore - Date.now(), 1000), undefined, { signal });
    onWait(null);
  };

  return {
    ready,
    progress() {
      tries = 0;
    },
    async after(error, signal) {
      signal.throwIfAborted();
      const again = retryTime(error);
      if (again === undefined) throw error;
      // Connections that fail together count as one try.
      if (again === null && Date.now() >= notBefore && ++tries > limits.tries) throw error;
      const wait = Math.min(limits.longest, limits.first * 2 ** Math.max(0, tries - 1));
      notBefore = Math.max(notBefore, again ?? Date.now() + wait);
      await ready(signal);
    },
  };
}

/** When to try again: a time, null for "after a while", undefined for never. */
function retryTime(error: unknown): number | null | undefined {
  if (!(error instanceof InklingError)) return undefined;
  const retryAt = error.details?.['retryAt'];
  if (error.code === 'rate_limited' && typeof retryAt === 'number') return retryAt;
  return ['offline', 'timeout', 'hub_error'].includes(error.code) ? null : undefined;
}
