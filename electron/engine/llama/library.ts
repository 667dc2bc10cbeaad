import { availableParallelism } from 'node:os';
import type { Llama, LlamaLogLevel } from 'node-llama-cpp';

export type Library = typeof import('node-llama-cpp');

/** The loaded llama.cpp and the library around it. */
export interface Backend {
  readonly library: Library;
  readonly llama: Llama;
  /** Forgets what llama.cpp complained about so far. */
  clearComplaints(): void;
  /** The last thing llama.cpp complained about, in its words; null if it did not. */
  lastComplaint(): string | null;
}

/** Loads llama.cpp on the first call: a heavy import, which the start of the process must not wait for. */
export function createBackend(): () => Promise<Backend> {
  let backend: Promise<Backend> | undefined;
  return () => {
    backend ??= loadBackend();
    return backend;
  };
}

async function loadBackend(): Promise<Backend> {
  const library = await import('node-llama-cpp');
  let complaint: string | null = null;
  const llama = await library.getLlama({
    gpu: 'auto',
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    // The library's default, max(4, cores), ruins small machines: its threads spin.
    maxThreads: availableParallelism(),
    logLevel: library.LlamaLogLevel.warn,
    logger(level: LlamaLogLevel, message: string) {
      if (level === library.LlamaLogLevel.error) complaint = message.trim();
      process.stderr.write(`[${level}] ${message.trimEnd()}\n`);
    },
  });
  return {
    library,
    llama,
    clearComplaints() {
      complaint = null;
    },
    lastComplaint: () => complaint,
  };
}
