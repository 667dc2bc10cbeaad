import { useEffect, useState } from 'react';
import { useStore, useStores } from '../app/stores.tsx';
import { loadedModelId } from '../stores/engine.ts';
import { formatCount } from '../ui/format.ts';
import { Hint } from '../ui/Hint.tsx';

interface Measure {
  readonly tokens: number;
  readonly contextSize: number;
}
const pauseMs = 350;

/** How much of the model's window this chat and the words being written take, counted by the model's own tokenizer. */
export function TokenMeter({ id, draft }: { readonly id: string | null; readonly draft: string }) {
  const { api } = useStores();
  const [measure, setMeasure] = useState<Measure | null>(null);
  const loaded = useStore('engine', (state) => loadedModelId(state.engine));
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const leaf = useStore('chats', ({ byId }) => (id ? byId.get(id)?.leafId : null));
  const running = useStore('threads', (state) => (id ? state.threads.get(id)?.running === true : false));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another shown branch has another length
  useEffect(() => {
    if (!loaded || !connected || running || draft.length > 2_000_000) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setMeasure(await api.chat.ledger({ conversationId: id, draft }, { signal: abort.signal }));
      } catch {
        // A count that cannot be had now is asked for again with the next change.
        if (!abort.signal.aborted) setMeasure(null);
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, id, draft, loaded, connected, running, leaf]);

  if (!loaded || !measure) return null;
  const { tokens, contextSize } = measure;
  const full = tokens > contextSize;
  const words = `${formatCount(tokens)} of ${formatCount(contextSize)}`;
  return (
    <Hint
      side="top"
      text={
        full
          ? 'More than the window of this model holds. Earlier messages will be left out, or the message refused.'
          : 'Tokens of this chat and your words, of the window that the model was loaded with.'
      }
    >
      <button
        type="button"
        className="meter"
        data-full={full || undefined}
        aria-label={`${words} tokens of the window used`}
      >
        {words}
        <span className="meter-bar" aria-hidden>
          <span style={{ width: `${Math.min(100, (tokens / contextSize) * 100)}%` }} />
        </span>
      </button>
    </Hint>
  );
}
