import type { Model } from '../../electron/contract/library.ts';
import type { Stores } from '../app/stores.tsx';
import { checkWords } from './checkWords.ts';

/** Reads every byte of a model and says in a toast what came of it; its card shows how far it is. */
export async function verifyModel({ library, toasts, fail }: Stores, model: Model): Promise<void> {
  try {
    const check = await library.getState().verify(model.id);
    if (!check) return;
    const { text, tone } = checkWords(check);
    toasts.getState().show(`${model.name}: ${text}`, { tone: tone === 'bad' ? 'bad' : 'plain', ms: 10_000 });
  } catch (error) {
    fail(error);
  }
}
