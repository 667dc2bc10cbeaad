import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

const entry = z.object({
  threads: z.int().min(1),
  speeds: z.array(z.object({ threads: z.int(), tokensPerSecond: z.number() })),
});
export type ThreadChoice = z.infer<typeof entry>;
const fileSchema = z.record(z.string(), z.record(z.string(), entry));

/** The thread counts measured on this machine, per model. A lost file costs one new measurement per model. */
export interface ThreadMemory {
  get(modelKey: string): ThreadChoice | undefined;
  set(modelKey: string, choice: ThreadChoice): void;
}

/** Opens the memory in `machine.json` of the data folder; entries of another processor are kept and ignored. */
export function openThreadMemory(dataDir: string): ThreadMemory {
  const path = join(dataDir, 'machine.json');
  const machine = `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`;
  const all = read(path);

  return {
    get: (modelKey) => all[machine]?.[modelKey],
    set(modelKey, choice) {
      all[machine] = { ...all[machine], [modelKey]: choice };
      try {
        writeFileAtomic(path, JSON.stringify(all, null, 1));
      } catch {
        // A full disk is told by the storage status; a forgotten measurement is only measured again.
      }
    },
  };
}

function read(path: string): z.infer<typeof fileSchema> {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
