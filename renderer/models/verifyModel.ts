import type { Model } from '../../electron/contract/library.ts';
import type { Stores } from '../app/stores.tsx';
import { checkWords } from './checkWords.ts';

/** Reads every byte of a model; its card shows how far it is and what came of it, a toast says so everywhere else. */
export async function verifyModel(stores: Stores, model: Model): Promise<void> {
  const { library, toasts, ui, route, fail } = stores;
  try {
    const check = await library.getState().verify(model.id);
    if (!check) return;
    const { text, tone } = checkWords(check);
    ui.getState().announce(`${model.name}: ${text}`);
    const { screen } = route.getState().route;
    if (screen === 'models') return;
    toasts.getState().show(`${model.name}: ${text}`, { tone: tone === 'bad' ? 'bad' : 'plain', ms: 10_000 });
  } catch (error) {
    fail(error);
  }
}
