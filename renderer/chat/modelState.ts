import { useStore } from '../app/stores.tsx';
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
  const current = useStore('engine', ({ engine }) => engine?.model ?? null);
  const blocked = useStore('engine', ({ engine }) => id !== null && engine?.blocked.includes(id) === true);
  if (current && current.state !== 'none' && current.id === id) {
    switch (current.state) {
      case 'ready':
        return { tone: 'ok', words: 'loaded' };
      case 'loading':
        return {
          tone: 'warn',
          words:
            current.phase === 'measuring'
              ? 'measuring threads'
              : `loading ${Math.round(current.fraction * 100)}%`,
        };
      case 'failed':
        return { tone: 'bad', words: 'could not be loaded' };
    }
  }
  return blocked ? { tone: 'bad', words: 'left alone after crashes' } : { tone: 'none', words: 'not loaded' };
}
