import type { TallyLine } from '../../contract/compare.ts';
import type { StoredComparison } from './comparisonRows.ts';

/** Counts how often each contender was picked at each kind of work; the newest name of each counts. */
export function tallyOf(decided: readonly StoredComparison[]): TallyLine[] {
  const lines = new Map<string, TallyLine>();
  for (const { task, sides, picked } of decided) {
    for (const [index, { contender }] of sides.entries()) {
      const { modelId, name, sampling, thinking } = contender;
      const key = JSON.stringify([task.toLowerCase(), modelId, sampling, thinking]);
      const line = lines.get(key) ?? { task, name, modelId, picked: 0, of: 0 };
      const won = picked === (index === 0 ? 'first' : 'second');
      lines.set(key, { ...line, picked: line.picked + (won ? 1 : 0), of: line.of + 1 });
    }
  }
  return [...lines.values()].sort((a, b) => b.of - a.of || b.picked - a.picked);
}
