import { availableParallelism } from 'node:os';
import type { Llama, LlamaLogLevel } from 'node-llama-cpp';
import { InklingError } from '../../contract/errors.ts';
import { leaveOutNativeCheck } from './nativeCheck.ts';

export type Library = typeof import('node-llama-cpp');

/** The loaded llama.cpp and the library around it. */
export interface Backend {
  readonly library: Library;
  /** Of node-llama-cpp. */
  readonly version: string;
  readonly llama: Llama;
  /** Forgets what llama.cpp complained about so far. */
  clearComplaints(): void;
  /** What llama.cpp gave as the reason of a failure, in its words; null if it said nothing. */
  complaint(): string | null;
}

/** Loads llama.cpp on the first call, which decides about the GPU: a heavy import, which the start must not wait for. */
export function createBackend(): (gpu?: boolean) => Promise<Backend> {
  let backend: Promise<Backend> | undefined;
  return (gpu = true) => {
    backend ??= loadBackend(gpu).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new InklingError(
        'engine_unavailable',
        `llama.cpp cannot run on this machine: ${reason}. Your chats are safe and can be read.`,
      );
    });
    return backend;
  };
}

/** The reason within one line of llama.cpp's log, without the names of its functions; null if it only says that it failed. */
function reasonIn(line: string): string | null {
  const reason = line.replace(/^(\w+: +)+/, '').replace(/^error loading model: (\w+: )?/, '');
  return /^failed to (load|create|initialize)/i.test(reason) || reason === '' ? null : reason;
}

async function loadBackend(gpu: boolean): Promise<Backend> {
  leaveOutNativeCheck();
  const library = await import('node-llama-cpp');
  let complaints: string[] = [];
  const llama = await library.getLlama({
    gpu: gpu ? 'auto' : false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    // The library's default, max(4, cores), ruins small machines: its threads spin.
    maxThreads: availableParallelism(),
    logLevel: library.LlamaLogLevel.warn,
    logger(level: LlamaLogLevel, message: string) {
      if (level === library.LlamaLogLevel.error) complaints = [...complaints.slice(-20), message.trim()];
      process.stderr.write(`[${level}] ${message.trimEnd()}\n`);
    },
  });
  return {
    library,
    version: await library.getModuleVersion(),
    llama,
    clearComplaints() {
      complaints = [];
    },
    complaint: () => complaints.map(reasonIn).findLast((reason) => reason !== null) ?? null,
  };
}
