import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type MeasuredSpeed, measuredSpeed } from '../../contract/engine.ts';
import { writeFileAtomic } from '../storage/writeFileAtomic.ts';

/** Models that are remembered, and the bounds of what is learned from them. */
const limits = { models: 60, factor: [0.9, 2] } as const;

const taken = z.object({ estimated: z.number().positive(), measured: z.number().positive() });
const entry = z.object({
  /** By model: the memory its newest load took. */
  loads: z.record(z.string(), taken).catch({}),
  speeds: z.record(z.string(), measuredSpeed).catch({}),
});
type Entry = z.infer<typeof entry>;
const fileSchema = z.record(z.string(), entry);

/** What this machine showed: memory of real loads and speed of real answers. A lost file only costs that knowledge. */
export interface Experience {
  /** By how much estimates were wrong here: multiply an estimate with it. 1 while nothing was loaded. */
  memoryFactor(): number;
  loadTook(modelKey: string, bytes: z.infer<typeof taken>): void;
  /** The memory that the newest load of this model took, bytes. */
  tookOf(modelKey: string): number | null;
  answered(modelKey: string, speed: MeasuredSpeed): void;
  /** Newest first. */
  speeds(): readonly MeasuredSpeed[];
}

/** Opens the experience in `experience.json` of the data folder; that of another processor is kept and ignored. */
export function openExperience(dataDir: string): Experience {
  const path = join(dataDir, 'experience.json');
  const machine = `${cpus()[0]?.model ?? 'unknown'} x ${cpus().length}`;
  const all = read(path);
  const mine = (): Entry => all[machine] ?? { loads: {}, speeds: {} };
  const save = (next: Entry) => {
    all[machine] = { loads: newest(next.loads), speeds: newest(next.speeds) };
    try {
      writeFileAtomic(path, JSON.stringify(all, null, 1));
    } catch {
      // A full disk is told by the storage status; what is forgotten here is learned again.
    }
  };

  return {
    memoryFactor() {
      const factors = Object.values(mine().loads).map(({ estimated, measured }) => measured / estimated);
      const [least, most] = limits.factor;
      return factors.length === 0 ? 1 : Math.min(most, Math.max(least, median(factors)));
    },
    loadTook(modelKey, bytes) {
      if (!taken.safeParse(bytes).success) return;
      const { loads, speeds } = mine();
      save({ loads: { ...without(loads, modelKey), [modelKey]: bytes }, speeds });
    },
    tookOf: (modelKey) => mine().loads[modelKey]?.measured ?? null,
    answered(modelKey, speed) {
      const { loads, speeds } = mine();
      const before = speeds[modelKey];
      // Every answer is a sample; half old and half new follows the machine without jumping at each.
      const tokensPerSecond =
        before?.threads === speed.threads
          ? (before.tokensPerSecond + speed.tokensPerSecond) / 2
          : speed.tokensPerSecond;
      save({ loads, speeds: { ...without(speeds, modelKey), [modelKey]: { ...speed, tokensPerSecond } } });
    },
    speeds: () => Object.values(mine().speeds).sort((a, b) => b.at - a.at),
  };
}

/** Bytes from which on reading the weights is what takes the time, and how far in size one model can tell of another. */
const telling = { from: 100e6, apart: 20 } as const;

/**
 * About how many tokens/s a model will write here; null before anything was measured that can tell. Each token reads all
 * weights it uses, so speed falls as their bytes grow; the model nearest in size tells best.
 */
export function expectedSpeed(
  speeds: readonly MeasuredSpeed[],
  /** Bytes read for each token. */
  bytes: number,
): number | null {
  const distance = (size: number) => Math.abs(Math.log(size / bytes));
  const nearest = speeds
    .filter(({ size, tokensPerSecond }) => size >= telling.from && tokensPerSecond > 0)
    .filter(({ size }) => distance(size) <= Math.log(telling.apart))
    .sort((a, b) => distance(a.size) - distance(b.size))[0];
  return nearest ? (nearest.tokensPerSecond * nearest.size) / bytes : null;
}

function read(path: string): Record<string, Entry> {
  try {
    return fileSchema.safeParse(JSON.parse(readFileSync(path, 'utf8'))).data ?? {};
  } catch {
    return {};
  }
}

const without = <T>(record: Readonly<Record<string, T>>, key: string) =>
  Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
const newest = <T>(record: Readonly<Record<string, T>>) =>
  Object.fromEntries(Object.entries(record).slice(-limits.models));

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
