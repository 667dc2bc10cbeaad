import type { Port } from '../rpc/port.ts';

/** Why a child process ended; `stderr` is its last 4 KB, for the reason a person is told. */
export interface ChildExit {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** A process of ours that speaks frames. Killing it is always allowed: it owns no data. */
export interface Child {
  readonly pid: number | undefined;
  readonly port: Port;
  kill(): void;
  /** Calls back once, at once if it already ended (or never started). */
  onExit(callback: (exit: ChildExit) => void): void;
}

/** Starts a process from an entry file: `utilityProcess` in Electron, `child_process` elsewhere. */
export type SpawnChild = (entry: string) => Child;
