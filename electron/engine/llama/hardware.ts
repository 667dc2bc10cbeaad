import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import type { Hardware } from '../../contract/engine.ts';

/** What llama.cpp found on this machine. */
export async function describeHardware(llama: Llama): Promise<Hardware> {
  return {
    llamaCpp: llama.llamaCppRelease.release,
    backend: llama.gpu === false ? 'cpu' : llama.gpu,
    gpuNames: llama.gpu === false ? [] : await llama.getGpuDeviceNames(),
    cpu: cpus()[0]?.model.trim() || process.arch,
    cores: usefulCores(llama),
    totalMemory: totalmem(),
    note: null,
  };
}

/** Physical (on some machines: performance) cores that this process may use. */
export function usefulCores(llama: Llama): number {
  return Math.max(1, Math.min(llama.cpuMathCores || 1, availableParallelism()));
}
