import { EyeOff, Pin } from 'lucide-react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { OutReason } from '../../../electron/contract/ledger.ts';
import type { Line } from '../../stores/line.ts';
import './KeptMark.css';

/** Says over a question that its turn is not seen, or over a message that it is always kept. */
export function KeptMark(props: { readonly store: StoreApi<Line>; readonly reason: OutReason | null }) {
  const { store, reason } = props;
  const keep = useZustand(store, (line) => line.message.keep);
  const role = useZustand(store, (line) => line.message.role);
  if (reason !== null && role === 'user')
    return (
      <p className="kept-mark" data-role={role}>
        <EyeOff size={13} aria-hidden />
        {words[reason]}
      </p>
    );
  if (keep !== 'always' || reason !== null) return null;
  return (
    <p className="kept-mark" data-role={role}>
      <Pin size={13} aria-hidden />
      Always kept
    </p>
  );
}

const words: Readonly<Record<OutReason, string>> = {
  full: 'Not seen by the model: the window is full',
  no_room: 'Not seen by the model: no room, though it was to be kept',
  by_hand: 'Not seen by the model: left out by you',
  summarized: 'Summed up for the model',
  alone: 'Not seen by the model',
};
