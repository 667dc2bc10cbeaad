import { execFileSync } from 'node:child_process';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { AnswerStats } from '../../electron/contract/conversations.ts';
import { openClient } from '../client.ts';
import { builtEntry, makeDir, type RunningHost, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { median } from './figures.ts';

const tokens = 96;

/** Decoding through the whole app against the bare loop, and the chosen thread count against all others. */
export interface DecodeFigures {
  readonly decodeRatio: number;
  readonly threadChoiceRatio: number;
  readonly bare: number;
  readonly app: number;
  readonly chosenThreads: number;
  readonly sweep: readonly { readonly threads: number; readonly tokensPerSecond: number }[];
}

/** Alternates app and bare loop, so that whatever else the machine does hits both; `rounds` of each, medians compared. */
export async function measureDecode(modelPath: string, rounds: number): Promise<DecodeFigures> {
  const dataDir = makeDir();
  const app = await startHost({ entry: builtEntry, dataDir });
  try {
    const { modelId, threads } = await loadModel(app, modelPath);
    const appSpeeds: number[] = [];
    const bareSpeeds: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { tokensPerSecond: appSpeed, promptTokens, contextSize } = await answerSpeed(app, modelId);
      const bareSpeed = bare(modelPath, threads, promptTokens, contextSize);
      bareSpeeds.push(bareSpeed);
      appSpeeds.push(appSpeed);
      ratios.push(appSpeed / bareSpeed);
    }
    const counts = Array.from({ length: cpus().length }, (_, at) => at + 1);
    const sweep = counts.map((count) => ({
      threads: count,
      tokensPerSecond: median(Array.from({ length: rounds }, () => bare(modelPath, count))),
    }));
    const best = Math.max(...sweep.map((entry) => entry.tokensPerSecond));
    const chosen = sweep.find((entry) => entry.threads === threads)?.tokensPerSecond ?? 0;
    return {
      decodeRatio: median(ratios),
      threadChoiceRatio: chosen / best,
      bare: median(bareSpeeds),
      app: median(appSpeeds),
      chosenThreads: threads,
      sweep,
    };
  } finally {
    await app.stop();
    removeDir(dataDir);
  }
}

async function loadModel(app: RunningHost, path: string): Promise<{ modelId: string; threads: number }> {
  const api = await openClient(app);
  const { models } = await api.library.add({ path });
  const model = models.find((entry) => entry.path === path);
  if (!model) throw new Error(`the library does not list ${path}`);
  let threads = 0;
  for await (const state of api.engine.load({ modelId: model.id })) {
    if (state.state === 'ready') threads = state.loaded.threads;
    if (state.state === 'failed') throw new Error(state.error.message);
  }
  api.close();
  return { modelId: model.id, threads };
}

/** Tokens per second a person sees: pieces counted by the engine, time taken where the events arrive. */
export async function answerSpeed(
  app: RunningHost,
  modelId: string,
): Promise<{ tokensPerSecond: number; promptTokens: number; contextSize: number }> {
  const api = await openClient(app);
  const { id: conversationId } = await api.conversations.create({});
  const text = 'the quick brown fox '.repeat(8);
  let first = 0;
  let last = 0;
  let stats: AnswerStats | null = null;
  for await (const event of api.chat.send({
    conversationId,
    text,
    modelId,
    sampling: { maxTokens: tokens, seed: 7 },
  })) {
    if (event.type === 'text' || event.type === 'thought') {
      first ||= performance.now();
      last = performance.now();
    }
    if (event.type === 'finished') stats = event.stats;
  }
  api.close();
  if (!stats || stats.generatedTokens < 2) throw new Error('the app generated too little to be measured');
  const { generatedTokens, promptTokens, contextSize } = stats;
  return { tokensPerSecond: ((generatedTokens - 1) / (last - first)) * 1000, promptTokens, contextSize };
}

function bare(modelPath: string, threads: number, promptTokens = 32, contextSize = 4096): number {
  const script = join(import.meta.dirname, 'bareLoop.ts');
  const numbers = [threads, promptTokens, tokens, contextSize].map(String);
  const output = execFileSync(process.execPath, [script, modelPath, ...numbers], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { tokensPerSecond: number })
    .tokensPerSecond;
}
