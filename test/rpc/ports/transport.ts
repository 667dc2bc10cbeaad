import type { Port } from '../../../electron/rpc/port.ts';
import type { Trace } from '../probeContract.ts';

/** One open connection whose far side serves the probe contract. */
export interface Link {
  readonly client: Port;
  /** Loses the connection the way this transport loses it: closed window, cut socket, killed process. */
  lose(): void;
  /** What the served calls did; null where the far side is another process and must be asked by a call. */
  readonly traces: ReadonlyMap<string, Trace> | null;
  /** Stops taking what the far side sends, without a word to it; null where only a window paces. */
  readonly stall: { pause(): void; resume(): void } | null;
  close(): Promise<void>;
}

/** A port that ships (or MessageChannel), as the suite sees it. */
export interface Transport {
  readonly name: string;
  /** Its `post` waits for a slow reader by itself, so that even a caller without a window cannot fill the host's memory. */
  readonly paces: boolean;
  /** Whether the caller's side is still there when the connection is lost; a window is gone together with its page. */
  readonly clientOutlives: boolean;
  open(): Promise<Link>;
}
