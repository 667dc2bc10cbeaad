import type { Ledger, LedgerKind } from '../../../electron/contract/ledger.ts';

/** The colour of a part, in the bar and in the list. */
export type Tone = 'base' | 'kept' | 'notes' | 'turn' | 'newest' | 'answer' | 'none';

const tones: Readonly<Record<LedgerKind, Tone>> = {
  instructions: 'base',
  format: 'base',
  summary: 'kept',
  notes: 'notes',
  attachment: 'notes',
  turn: 'turn',
  newest: 'newest',
};
const order: readonly Tone[] = ['base', 'kept', 'notes', 'turn', 'newest'];

/** The model's window as a bar: what fills it, what is free, and the room for the answer at its end. */
export function LedgerBar({ ledger }: { readonly ledger: Ledger }) {
  const { entries, contextSize, room, tokens } = ledger;
  const whole = Math.max(contextSize, tokens + room);
  const share = (count: number) => `${(Math.max(0, count) / whole) * 100}%`;
  const sum = (tone: Tone) =>
    entries
      .filter((entry) => entry.state === 'in' && toneOf(entry) === tone)
      .reduce((total, entry) => total + entry.tokens, 0);
  return (
    <div className="ledger-bar" aria-hidden>
      {order.map((tone) => (
        <span key={tone} data-tone={tone} style={{ width: share(sum(tone)) }} />
      ))}
      <span className="ledger-bar-answer" data-tone="answer" style={{ width: share(room) }} />
    </div>
  );
}

/** The tone of an entry; a pinned turn is one of what is kept. */
export const toneOf = ({ kind, pinned }: { readonly kind: LedgerKind; readonly pinned: boolean }): Tone =>
  kind === 'turn' && pinned ? 'kept' : tones[kind];
