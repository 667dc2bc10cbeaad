import { useEffect, useState } from 'react';
import { useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { formatDate } from '../ui/format.ts';

interface Waiting {
  readonly id: string;
  readonly task: string;
  readonly createdAt: number;
}

/** The newest comparison of a chat that waits for a pick, if there is one. */
export function OpenOnes({ chat, onClose }: { readonly chat: string; readonly onClose: () => void }) {
  const { api, route } = useStores();
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    api.compare.open({ conversationId: chat }, { signal: abort.signal }).then(
      ({ comparisons }) => setWaiting(comparisons[0] ?? null),
      () => {},
    );
    return () => abort.abort();
  }, [api, chat]);
  if (!waiting) return null;
  const show = () => {
    onClose();
    route.getState().go({ screen: 'compare', id: waiting.id });
  };
  return (
    <div className="trouble">
      <p>
        A comparison of this chat waits for your pick ({waiting.task}, {formatDate(waiting.createdAt)}).
      </p>
      <Button small onClick={show}>
        Open it
      </Button>
    </div>
  );
}
