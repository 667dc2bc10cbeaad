import type { Message } from '../../electron/contract/conversations.ts';
import type { Ledger, OutReason } from '../../electron/contract/ledger.ts';

/** Why messages are not seen, by their ids. */
export type Outs = ReadonlyMap<string, OutReason>;

/** The messages that a ledger leaves out. What a model reads `alone` differs from question to question: it is not told. */
export function outsOf(ledger: Ledger): Outs {
  const outs = new Map<string, OutReason>();
  for (const { kind, reason, messageIds } of ledger.entries)
    if (kind === 'turn' && reason !== null && reason !== 'alone')
      for (const id of messageIds) outs.set(id, reason);
  return outs;
}

/** The same from the messages alone, where no model is loaded to count with: what the last cut left out, and what a person did. */
export function outsByCut(messages: readonly Pick<Message, 'id' | 'cut' | 'keep'>[]): Outs {
  const from = messages.findLast(({ cut }) => cut !== null)?.cut?.from;
  const first = messages.findIndex(({ id }) => id === from);
  const outs = new Map<string, OutReason>();
  for (const [index, { id, keep }] of messages.entries()) {
    if (keep === 'never') outs.set(id, 'by_hand');
    else if (keep === 'auto' && index < first) outs.set(id, 'full');
  }
  return outs;
}
