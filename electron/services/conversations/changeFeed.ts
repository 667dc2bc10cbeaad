import { createAsyncQueue } from '../../base/asyncQueue.ts';
import type { Conversation } from '../../contract/conversations.ts';

/** What the windows are told about conversations. */
export type Change =
  | { readonly type: 'changed'; readonly conversation: Conversation }
  | { readonly type: 'removed'; readonly id: string }
  | { readonly type: 'settings'; readonly id: string }
  | { readonly type: 'judged'; readonly id: string }
  | { readonly type: 'reset' };

/** Tells every watcher what changed; of one conversation a slow watcher gets the newest change only. */
export interface ChangeFeed {
  tell(change: Change): void;
  /** Counts up with every change. */
  readonly version: number;
  watch(signal: AbortSignal): AsyncIterable<Change>;
}

/** Makes a {@link ChangeFeed}. */
export function createChangeFeed(): ChangeFeed {
  const watchers = new Set<(change: Change) => void>();
  let version = 0;

  async function* watch(signal: AbortSignal): AsyncGenerator<Change> {
    const waiting = new Map<string, Change>();
    const wake = createAsyncQueue<true>();
    const receive = (change: Change) => {
      if (change.type === 'reset') waiting.clear();
      const key = keyOf(change);
      // Deleted first, so that the newest change comes last.
      waiting.delete(key);
      waiting.set(key, change);
      if (wake.size === 0) wake.push(true);
    };
    const stop = () => wake.end();
    watchers.add(receive);
    signal.addEventListener('abort', stop, { once: true });
    try {
      if (signal.aborted) return;
      for await (const _ of wake) {
        for (const [key, change] of waiting) {
          waiting.delete(key);
          yield change;
        }
      }
    } finally {
      watchers.delete(receive);
      signal.removeEventListener('abort', stop);
    }
  }

  return {
    get version() {
      return version;
    },
    tell(change) {
      version++;
      for (const receive of watchers) receive(change);
    },
    watch,
  };
}

function keyOf(change: Change): string {
  switch (change.type) {
    case 'changed':
      return change.conversation.id;
    case 'removed':
      return change.id;
    case 'settings':
      return `settings ${change.id}`;
    case 'judged':
      return `judged ${change.id}`;
    case 'reset':
      return '';
  }
}
