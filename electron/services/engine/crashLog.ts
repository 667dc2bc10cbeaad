/** How many crashes of one model, within how many ms, until it is left alone. */
const limit = { crashes: 3, withinMs: 5 * 60_000 } as const;

/** Remembers which model crashed the engine when, and names those that should be left alone. */
export interface CrashLog {
  readonly total: number;
  add(modelId: string | null): void;
  blocked(): string[];
  isBlocked(modelId: string): boolean;
  /** The person asked for this model again: it gets a new chance. */
  forgive(modelId: string): void;
}

/** Makes the breaker: three crashes in five minutes block a model until {@link CrashLog.forgive}. */
export function createCrashLog(now: () => number = Date.now): CrashLog {
  let total = 0;
  const recent = new Map<string, number[]>();
  const blocked = new Set<string>();

  return {
    get total() {
      return total;
    },
    add(modelId) {
      total++;
      if (modelId === null) return;
      const times = (recent.get(modelId) ?? []).filter((at) => now() - at < limit.withinMs);
      times.push(now());
      recent.set(modelId, times);
      if (times.length >= limit.crashes) blocked.add(modelId);
    },
    blocked: () => [...blocked],
    isBlocked: (modelId) => blocked.has(modelId),
    forgive(modelId) {
      blocked.delete(modelId);
      recent.delete(modelId);
    },
  };
}
