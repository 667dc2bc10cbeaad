import { createLock } from '../../base/lock.ts';
import type { Api } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import { type ScanContract, type ScanResult, scanContract } from '../../engine/scan/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { Child, SpawnChild } from '../children.ts';

/** A header must be read within this time, in ms; the process is disposed of after `idle` without work. */
const limits = { read: 8_000, idle: 3_000 } as const;

/** Reads GGUF headers in a process that may die: whatever a file does to it, the answer is a summary or a reason. */
export interface Scanner {
  /** Throws `model_invalid` with the reason a person is shown. */
  read(path: string): Promise<ScanResult>;
  close(): void;
}

/** Makes a {@link Scanner}; one file at a time, a fresh process after every death. */
export function createScanner(options: { spawn: SpawnChild; entry: string }): Scanner {
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
