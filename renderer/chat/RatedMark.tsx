import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { Message } from '../../electron/contract/conversations.ts';
import { useStores } from '../app/stores.tsx';
import { IconButton } from '../ui/Button.tsx';

/** What the person thought of an answer; a press takes it back. Nothing where they said nothing. */
export function RatedMark({ message, threadId }: { readonly message: Message; readonly threadId: string }) {
  const { threads, fail } = useStores();
  if (message.rating === null) return null;
  const good = message.rating === 'good';
  return (
    <IconButton
      small
      className="rated"
      icon={good ? ThumbsUp : ThumbsDown}
      label={good ? 'Rated good; take it back' : 'Rated bad; take it back'}
      onClick={() => void threads.getState().rate(threadId, message.id, null).catch(fail)}
    />
  );
}
