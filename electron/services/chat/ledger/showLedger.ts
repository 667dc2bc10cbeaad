import type { Ledger } from '../../../contract/ledger.ts';
import type { Plan } from './planLedger.ts';

/** A plan as windows see it. */
export function showLedger(plan: Plan, modelId: string): Ledger {
  const { contextSize, tokens, room, fits } = plan;
  const entries = plan.entries.map(({ written: _, ...entry }) => entry);
  return { modelId, contextSize, tokens, room, fits, entries };
}
