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

type Marked = Pick<Message, 'id' | 'role' | 'cut' | 'keep'>;

/** The same from the messages alone, where no model is loaded to count with: what the last cut left out, and what a person did. */
export function outsByCut(messages: readonly Marked[]): Outs {
  const from = messages.findLast(({ cut }) => cut !== null)?.cut?.from;
  const first = messages.findIndex(({ id }) => id === from);
  const outs = new Map<string, OutReason>();
  for (const [index, turn] of turnsOf(messages)) {
    const keep = turn.findLast((message) => message.keep !== 'auto')?.keep ?? 'auto';
    const reason = keep === 'never' ? 'by_hand' : keep === 'auto' && index < first ? 'full' : null;
    if (reason) for (const { id } of turn) outs.set(id, reason);
  }
  return outs;
}

/** Questions with their answers, each with the place of its first message. */
function turnsOf(messages: readonly Marked[]): [number, Marked[]][] {
  const turns: [number, Marked[]][] = [];
  for (const [index, message] of messages.entries()) {
    const last = turns.at(-1);
    if (message.role === 'user' || !last) turns.push([index, [message]]);
    else last[1].push(message);
  }
  return turns;
}
