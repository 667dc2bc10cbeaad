import type { Stores } from '../../app/stores.tsx';
import type { Line } from '../../stores/line.ts';
import { keepChoice } from '../useModelChoice.ts';

/** Another answer beside this one that begins with these words, by the model that wrote it. */
export async function writeOn(stores: Stores, threadId: string, line: Line, begin: string): Promise<void> {
  const { key, message } = line;
  keepChoice(stores);
  await stores.threads
    .getState()
    .resume(threadId, key, { modelId: message.model?.id ?? null, notes: null }, begin);
}
