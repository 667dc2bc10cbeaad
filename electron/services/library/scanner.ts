import { createLock } from '../../base/lock.ts';
import type { Api } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import { type ScanContract, type ScanResult, scanContract } from '../../engine/scan/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';

/** A header must be read within this time, in ms; a process is disposed of after `idle` without work. */
const limits = { read: 8_000, idle: 3_000 } as const;
/** Headers read at the same time: a file that is slow to answer does not hold up the others. */
export const scanLanes = 2;

/** Reads GGUF headers in processes that may die: whatever a file does to one, the answer is a summary or a reason. */
export interface Scanner {
  /** Throws `model_invalid` with the reason a person is shown. */
  read(path: string): Promise<ScanResult>;
  close(): void;
}

/** Makes a {@link Scanner}; each of its processes reads one file at a time. */
export function createScanner(options: { spawn: SpawnChild; entry: string }): Scanner {
  const lanes = Array.from({ length: scanLanes }, () => createLane(options));
  return {
    read(path) {
      const free = lanes.reduce((best, lane) => (lane.waiting < best.waiting ? lane : best));
      return free.read(path);
    },
    close() {
      for (const lane of lanes) lane.close();
    },
  };
}

interface Lane extends Scanner {
  /** Files that are read or wait here. */
  readonly waiting: number;
}

/** One process, with a fresh one after every death. */
function createLane(options: { spawn: SpawnChild; entry: string }): Lane {
  const turns = createLock();
  let running: { child: Child; api: Api<ScanContract>['scan'] } | undefined;
  let idle: NodeJS.Timeout | undefined;

  const discard = () => {
    running?.child.kill();
    running = undefined;
  };
  const process = () => {
    if (running) return running;
    const child = options.spawn(options.entry);
    running = { child, api: connect(scanContract, child.port).scan };
    child.onExit(() => {
      if (running?.child === child) running = undefined;
    });
    return running;
  };

  const read = async (path: string): Promise<ScanResult> => {
    clearTimeout(idle);
    const deadline = AbortSignal.timeout(limits.read);
    try {
      return await process().api.read({ path }, { signal: deadline });
    } catch (error) {
      if (error instanceof InklingError && (error.code === 'model_invalid' || error.code === 'model_missing'))
        throw error;
      discard();
      throw new InklingError('model_invalid', reasonFor(error, deadline.aborted));
    } finally {
      idle = setTimeout(discard, limits.idle);
      idle.unref();
    }
  };

  return {
    get waiting() {
      return turns.length;
    },
    read: (path) => turns.run(() => read(path)),
    close() {
      clearTimeout(idle);
      discard();
    },
  };
}

function reasonFor(error: unknown, late: boolean): string {
  if (late)
    return 'Reading the header of this file took too long. It is damaged, or lies on a disk that does not answer.';
  if (error instanceof InklingError && error.code === 'connection_lost') {
    return 'The header of this file made the reader stop, so the file is damaged or hostile. It is left alone.';
  }
  return `The header of this file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
}
