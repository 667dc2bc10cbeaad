import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../stores/line.ts';
import { formatDuration } from '../ui/format.ts';
import { LongText } from './markdown/LongText.tsx';
import './Thought.css';

/** What the model thought before it answered, folded away. */
export function Thought({ store }: { readonly store: StoreApi<Line> }) {
  const [open, setOpen] = useState(false);
  const has = useZustand(store, (line) => line.message.thought !== '');
  const thinking = useZustand(store, (line) => line.phase?.kind === 'thinking');
  const ms = useZustand(store, (line) => line.thoughtMs);
  if (!has) return null;
  return (
    <div className="thought">
      <button type="button" className="thought-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <ChevronRight size={14} aria-hidden />
        {thinking ? 'Thinking…' : ms === null ? 'Thought' : `Thought for ${formatDuration(ms)}`}
      </button>
      {open && <ThoughtText store={store} />}
    </div>
  );
}

function ThoughtText({ store }: { readonly store: StoreApi<Line> }) {
  const text = useZustand(store, (line) => line.message.thought);
  return (
    <div className="thought-text" dir="auto">
      <LongText text={text} />
    </div>
  );
}
