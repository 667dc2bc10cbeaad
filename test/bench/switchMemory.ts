import { readFileSync } from 'node:fs';
import type { Client } from '../client.ts';
import { collect } from '../client.ts';
import { loadModel, openBenchApp } from './openBenchApp.ts';

/** The memory of the app and its engine after many switches, as a multiple of that after the first; MiB of both. */
export interface SwitchMemory {
  /** Null where the system does not tell the memory of a process. */
  readonly switchMemoryGrowth: number | null;
  readonly firstSwitchMiB: number | null;
  readonly lastSwitchMiB: number | null;
}

/** Switches between two models, with a short answer of each, and looks at the memory after every switch. */
export async function measureSwitchMemory(
  paths: readonly [string, string],
  switches = 20,
): Promise<SwitchMemory> {
  const { app, api, add, close } = await openBenchApp();
  try {
    const ids = [await add(paths[0]), await add(paths[1])] as const;
    // Both are known before the first switch, so that none of them measures threads.
    for (const id of ids) await use(api, id);
    const memory: (number | null)[] = [];
    for (let turn = 0; turn < switches; turn++) {
      await use(api, ids[turn % 2 === 0 ? 0 : 1]);
      const pid = await enginePid(api);
      memory.push(both(residentMiB(app.pid), residentMiB(pid)));
    }
    const first = memory[0] ?? null;
    const last = memory.at(-1) ?? null;
    return {
      switchMemoryGrowth: first === null || last === null ? null : last / first,
      firstSwitchMiB: first,
      lastSwitchMiB: last,
    };
  } finally {
    await close();
  }
}

async function use(api: Client, modelId: string): Promise<void> {
  await loadModel(api, modelId);
  const { id: conversationId } = await api.conversations.create({});
  const sampling = { maxTokens: 8, seed: 7 };
  await collect(api.chat.send({ conversationId, text: 'the quick brown fox', modelId, sampling }));
}

async function enginePid(api: Client): Promise<number | null> {
  for await (const { pid } of api.engine.watch(null)) return pid;
  return null;
}

/** Memory of a process in MiB; null where the system does not tell. */
function residentMiB(pid: number | null): number | null {
  if (pid === null || process.platform !== 'linux') return null;
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return kib === undefined ? null : Number(kib) / 1024;
}

const both = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
