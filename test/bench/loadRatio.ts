import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Client } from '../client.ts';
import { median } from './figures.ts';
import { loadModel, openBenchApp } from './openBenchApp.ts';

/** How long a load takes through the app, as a multiple of node-llama-cpp's bare load of the same file; ms of both. */
export interface LoadTimes {
  readonly loadRatio: number;
  readonly loadMs: number;
  readonly bareLoadMs: number;
}

/** Loads in turns through the app and bare, with the same window and threads, so that both find the file equally warm. */
export async function measureLoad(modelPath: string, rounds: number): Promise<LoadTimes> {
  const { api, add, close } = await openBenchApp();
  try {
    const modelId = await add(modelPath);
    // The first load measures the threads, once for this machine; it also warms the file.
    await loadModel(api, modelId);
    const { threads, contextSize } = await loadedNow(api);
    const ratios: number[] = [];
    const own: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      await api.engine.unload(null);
      const begin = performance.now();
      await loadModel(api, modelId);
      const ms = performance.now() - begin;
      const bareMs = bareLoad(modelPath, threads, contextSize);
      own.push(ms);
      bare.push(bareMs);
      ratios.push(ms / bareMs);
    }
    return { loadRatio: median(ratios), loadMs: median(own), bareLoadMs: median(bare) };
  } finally {
    await close();
  }
}

async function loadedNow(api: Client) {
  for await (const { model } of api.engine.watch(null)) if (model.state === 'ready') return model.loaded;
  throw new Error('the app told of no model');
}

function bareLoad(modelPath: string, threads: number, contextSize: number): number {
  const script = join(import.meta.dirname, 'bareLoop.ts');
  const args = [script, modelPath, ...[threads, 2, 1, contextSize].map(String)];
  const output = execFileSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { loadMs: number }).loadMs;
}
