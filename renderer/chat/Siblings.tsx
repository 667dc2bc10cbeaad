import { ChevronLeft, ChevronRight } from 'lucide-react';
import type { Message } from '../../electron/contract/conversations.ts';
import { useStores } from '../app/stores.tsx';
import { IconButton } from '../ui/Button.tsx';

/** Goes through the other answers (or questions) at the same place; nothing when there is only one. */
export function Siblings({ message, threadId }: { readonly message: Message; readonly threadId: string }) {
  const { threads, fail } = useStores();
  const { siblingIndex, siblingCount } = message;
  if (siblingCount < 2) return null;
  const go = (step: number) => threads.getState().select(threadId, message.id, step).catch(fail);
  return (
    <span className="siblings">
      <IconButton
        small
        icon={ChevronLeft}
        label="Previous version"
        disabled={siblingIndex === 0}
        onClick={() => go(-1)}
      />
      <span aria-label={`Version ${siblingIndex + 1} of ${siblingCount}`} role="img">
        {siblingIndex + 1}/{siblingCount}
      </span>
      <IconButton
        small
        icon={ChevronRight}
        label="Next version"
        disabled={siblingIndex >= siblingCount - 1}
        onClick={() => go(1)}
      />
    </span>
  );
}
