import type { Api } from '../../contract/define.ts';
import { InklingError } from '../../contract/errors.ts';
import { type Extracted, type ReaderContract, readerContract } from '../../reader/contract.ts';
import { connect } from '../../rpc/connect.ts';
import type { SpawnChild } from '../children.ts';

/** A process that reads one file, and may die of it. */
export interface ReaderProcess {
  readonly api: Api<ReaderContract>['reader'];
  readonly ended: boolean;
  kill(): void;
}

/** Starts a {@link ReaderProcess}. */
export function startReader(spawn: SpawnChild, entry: string): ReaderProcess {
  const child = spawn(entry);
  let ended = false;
  child.onExit(() => {
    ended = true;
  });
  return {
    api: connect(readerContract, child.port).reader,
    get ended() {
      return ended;
    },
    kill: () => child.kill(),
  };
}

/** Milliseconds without any sign of progress, and in all, after which a file is given up. */
const patience = { silence: 30_000, whole: 300_000 } as const;

/**
 * Lets a process read a file; whatever the file does to it, the answer is its text or a reason in words. The process is
 * ended in the end, and at once when the signal aborts.
 */
export async function* readInProcess(
  reader: ReaderProcess,
  input: { readonly name: string; readonly path: string | null },
  signal: AbortSignal,
  limits: { readonly silence: number; readonly whole: number } = patience,
): AsyncGenerator<{ done: number; total: number } | Extracted> {
  const late = new AbortController();
  const whole = setTimeout(() => late.abort(), limits.whole);
  let silence = setTimeout(() => late.abort(), limits.silence);
  // A process that is busy hears no cancel.
  const stop = () => reader.kill();
  const all = AbortSignal.any([signal, late.signal]);
  all.addEventListener('abort', stop, { once: true });
  try {
    all.throwIfAborted();
    for await (const event of reader.api.read(input, { signal: all })) {
      clearTimeout(silence);
      silence = setTimeout(() => late.abort(), limits.silence);
      if (event.type === 'read') yield event.extracted;
      else yield { done: event.done, total: event.total };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw toReason(error, late.signal.aborted);
  } finally {
    clearTimeout(whole);
    clearTimeout(silence);
    all.removeEventListener('abort', stop);
    reader.kill();
  }
}

/** Why a file was not read, in words. */
export function toReason(error: unknown, late: boolean): unknown {
  if (late)
    return new InklingError(
      'bad_input',
      'Reading it took too long, so it was given up. It is damaged, or made to hold up whoever reads it.',
    );
  if (error instanceof InklingError && error.code === 'connection_lost')
    return new InklingError(
      'bad_input',
      'Reading it took more memory than a document needs, or made the reader fail, so it was given up. It is damaged, or made to do harm. Nothing else is affected.',
    );
  return error;
}
