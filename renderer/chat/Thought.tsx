import { ChevronRight } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { ThoughtStats } from '../../electron/contract/conversations.ts';
import { useStores } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import { formatDuration } from '../ui/format.ts';
import { LongText } from './markdown/LongText.tsx';
import './Thought.css';

/** What the model thought before it answered, folded away, and for how long. */
export function Thought({ store }: { readonly store: StoreApi<Line> }) {
  const [open, setOpen] = useState(false);
  const has = useZustand(store, (line) => line.message.thought !== '');
  const since = useZustand(store, (line) => (line.phase?.kind === 'thinking' ? line.phase.since : null));
  const stats = useZustand(store, (line) => line.message.stats?.thought ?? null);
  const ms = useZustand(store, (line) => line.message.stats?.thought?.ms ?? line.thoughtMs);
  if (!has) return null;
  return (
    <div className="thought">
      <div className="thought-line">
        <button type="button" className="thought-head" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight size={14} aria-hidden />
          {since === null ? thoughtWords(ms, stats?.endedBy ?? 'model') : <Thinking since={since} />}
        </button>
        {since !== null && <AnswerNow store={store} />}
      </div>
      {open && <ThoughtText store={store} />}
    </div>
  );
}

/** How long a thought took, and what ended it if that was not the model. */
export function thoughtWords(ms: number | null, endedBy: ThoughtStats['endedBy']): string {
  const time = ms === null ? 'Thought' : `Thought for ${roughly(ms)}`;
  switch (endedBy) {
    case 'model':
      return time;
    case 'budget':
      return `${time}, up to its limit`;
    case 'person':
      return `${time}, then you asked for the answer`;
  }
}

/** Whole seconds are enough beyond the first few. */
const roughly = (ms: number) =>
  ms >= 9_950 && ms < 59_500 ? `${Math.round(ms / 1000)} s` : formatDuration(ms);

const tickMs = 1000;

function Thinking({ since }: { readonly since: number }) {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor(Math.max(0, now - since) / 1000);
  return (
    <span>
      Thinking…{' '}
      {seconds > 0 && (
        <span className="thought-clock" aria-hidden>
          {seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)}
        </span>
      )}
    </span>
  );
}

function AnswerNow({ store }: { readonly store: StoreApi<Line> }) {
  const { api, fail } = useStores();
  const [asked, setAsked] = useState(false);
  const hurry = () => {
    setAsked(true);
    api.chat.answerNow({ answerId: store.getState().message.id }).catch((error) => {
      setAsked(false);
      fail(error);
    });
  };
  return (
    <Button small look="quiet" disabled={asked} onClick={hurry}>
      {asked ? 'Coming to the answer…' : 'Answer now'}
    </Button>
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
