import type { RunningLoad } from '../../electron/contract/load.ts';
import { useStore } from '../app/stores.tsx';
import { stateOf } from '../stores/engine.ts';
import { formatSize } from '../ui/format.ts';

/** Quantization and size of a model: "Q4_K_M · 2.5 GB". */
export function factsOf(model: {
  readonly size: number;
  readonly state: string;
  readonly summary?: { readonly quantization: string | null };
}): string {
  return [model.summary?.quantization, formatSize(model.size)].filter(Boolean).join(' · ');
}

/** A model's state in the engine, in words and as a tone. */
export function useModelState(id: string | null): { readonly tone: string; readonly words: string } {
  const state = useStore('engine', ({ engine }) => stateOf(engine, id));
  const blocked = useStore('engine', ({ engine }) => id !== null && engine?.blocked.includes(id) === true);
  const rested = useStore('engine', ({ engine }) => id !== null && engine?.rested === id);
  switch (state?.state) {
    case 'ready':
      return { tone: 'ok', words: 'loaded' };
    case 'loading':
      return { tone: 'warn', words: loadingWords(state) };
    case 'failed':
      return { tone: 'bad', words: 'could not be loaded' };
    default:
      if (blocked) return { tone: 'bad', words: 'left alone after crashes' };
      return { tone: 'none', words: rested ? 'resting, loads by itself' : 'not loaded' };
  }
}

/** How far a load is: "loading 43%". */
const loadingWords = ({ phase, fraction }: Pick<RunningLoad, 'phase' | 'fraction'>): string =>
  phase === 'measuring' ? 'measuring threads' : `loading ${Math.round(fraction * 100)}%`;

/** How far the model is that takes the place of the one in use: "switching 43%". */
export const switchingWords = ({ phase, fraction }: Pick<RunningLoad, 'phase' | 'fraction'>): string =>
  phase === 'measuring' ? 'switching' : `switching ${Math.round(fraction * 100)}%`;
