import { createTopic } from '../../base/topic.ts';
import type { ChatEvent } from '../../contract/chat.ts';

/** Events on their way to one reader. Text that waits is joined, progress that waits is replaced: a slow reader costs nothing. */
export interface EventBuffer {
  push(event: ChatEvent): void;
  end(): void;
  /** Yields what was pushed, in order, until the end. */
  read(): AsyncIterable<ChatEvent>;
}

/** Makes an {@link EventBuffer} for one reader. */
export function createEventBuffer(): EventBuffer {
  let waiting: ChatEvent[] = [];
  const version = createTopic(0);
  let ended = false;

  const add = (event: ChatEvent) => {
    const last = waiting.at(-1);
    const joined = last && join(last, event);
    if (joined) waiting[waiting.length - 1] = joined;
    else waiting.push(event);
  };

  return {
    push(event) {
      add(event);
      version.update((count) => count + 1);
    },
    end() {
      ended = true;
      version.update((count) => count + 1);
    },
    async *read() {
      for await (const _ of version.watch()) {
        while (waiting.length > 0) {
          const events = waiting;
          waiting = [];
          for (const event of events) yield event;
        }
        if (ended) return;
      }
    },
  };
}

function join(last: ChatEvent, next: ChatEvent): ChatEvent | undefined {
  if ((last.type === 'text' || last.type === 'thought') && last.type === next.type) {
    return { type: last.type, text: last.text + next.text };
  }
  const replaces =
    last.type === next.type &&
    (next.type === 'prefill' || next.type === 'loading' || next.type === 'waiting');
  return replaces ? next : undefined;
}
