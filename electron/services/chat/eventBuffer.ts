import { createTopic } from '../../base/topic.ts';
import type { ChatEvent } from '../../contract/chat.ts';
import type { ConfidenceEvent } from '../../contract/confidence.ts';
import type { WritingEvent } from '../../contract/writing.ts';

type AnyEvent = ChatEvent | WritingEvent | ConfidenceEvent;

/** Events on their way to one reader. Text that waits is joined, progress that waits is replaced: a slow reader costs nothing. */
export interface EventBuffer<E extends AnyEvent> {
  push(event: E): void;
  end(): void;
  /** Yields what was pushed, in order, until the end. */
  read(): AsyncIterable<E>;
}

/** Makes an {@link EventBuffer} for one reader. */
export function createEventBuffer<E extends AnyEvent = ChatEvent>(): EventBuffer<E> {
  let waiting: E[] = [];
  const version = createTopic(0);
  let ended = false;

  const add = (event: E) => {
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

function join<E extends AnyEvent>(last: E, next: E): E | undefined {
  if ((last.type === 'text' || last.type === 'thought') && last.type === next.type) {
    return { ...last, text: last.text + next.text };
  }
  const replaces =
    last.type === next.type &&
    (next.type === 'prefill' || next.type === 'loading' || next.type === 'waiting');
  return replaces ? next : undefined;
}
