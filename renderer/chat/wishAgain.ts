import type { Message } from '../../electron/contract/conversations.ts';
import type { Stores } from '../app/stores.tsx';
import type { Wish } from '../stores/thread.ts';
import { scopeOf } from './sources/useScope.ts';
import { modelChoice } from './useModelChoice.ts';

/** What another try at an answer is made with: the chosen model, and the same notes as before. */
export function wishAgain(stores: Stores, threadId: string, { notes, state }: Message): Wish {
  // One that failed may have failed before its notes were found.
  const scope = notes?.scope ?? (state === 'failed' ? scopeOf(stores, threadId) : null);
  return { modelId: modelChoice(stores), notes: scope };
}
