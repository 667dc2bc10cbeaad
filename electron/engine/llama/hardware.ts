import { availableParallelism, cpus, totalmem } from 'node:os';
import type { Llama } from 'node-llama-cpp';
import type { Hardware } from '../../contract/engine.ts';

/** What llama.cpp found on this machine. `gpuWanted` is false where the GPU was left out on purpose. */
export async function describeHardware(llama: Llama, gpuWanted: boolean): Promise<Hardware> {
  const gpuNames = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
  return {
    llamaCpp: llama.llamaCppRelease.release,
    backend: llama.gpu === false ? 'cpu' : llama.gpu,
    backendReason: reasonFor(llama, gpuNames, gpuWanted),
    gpuNames,
    gpuMemory: await gpuMemoryOf(llama),
    cpu: cpus()[0]?.model.trim() || process.arch,
    cpuFeatures: featuresIn(llama.systemInfo),
    cores: usefulCores(llama),
    totalMemory: totalmem(),
    note: null,
  };
}

function reasonFor(llama: Llama, names: readonly string[], gpuWanted: boolean): string {
  if (llama.gpu !== false)
    return `It was found, and works with ${names.join(' and ') || 'this machine’s GPU'}.`;
  return gpuWanted
    ? 'No graphics card was found that this llama.cpp can use (with Metal, CUDA or Vulkan).'
    : 'The graphics card was left out.';
}

async function gpuMemoryOf(llama: Llama): Promise<Hardware['gpuMemory']> {
  if (llama.gpu === false) return null;
  const { total, free, unifiedSize } = await llama.getVramState();
  // Memory that the processor shares is counted as memory already.
  return unifiedSize >= total ? null : { total, free };
}

/** What the processor can do, from the line in which llama.cpp tells what it uses: "CPU : SSE3 = 1 | AVX2 = 1 |". */
export function featuresIn(info: string): string[] {
  const found = [...info.matchAll(/(\w+) = 1\b/g)].map(([, name = '']) => name);
  const notFeatures = new Set(['LLAMAFILE', 'OPENMP', 'REPACK', 'ACCELERATE']);
  return [...new Set(found)].filter((name) => /^[A-Z0-9_]+$/.test(name) && !notFeatures.has(name));
}

/** Physical (on some machines: performance) cores that this process may use. */
export function usefulCores(llama: Llama): number {
  return Math.max(1, Math.min(llama.cpuMathCores || 1, availableParallelism()));
}
