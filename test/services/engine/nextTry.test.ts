import { describe, expect, it } from 'vitest';
import { type LoadCause, type LoadSettings, loadSettings } from '../../../electron/contract/load.ts';
import { nextTry } from '../../../electron/services/engine/nextTry.ts';

const usual = loadSettings.parse({});

/** All labels from a failed load down, when every try fails for the same reason. */
function ladder(
  cause: LoadCause,
  start: { settings?: Partial<LoadSettings>; contextSize?: number; layers?: number | null; gpu?: boolean },
): string[] {
  const labels: string[] = [];
  let settings: LoadSettings = { ...usual, ...start.settings };
  let contextSize = start.contextSize ?? 8192;
  for (let round = 0; round < 30; round++) {
    const next = nextTry(cause, {
      settings,
      contextSize,
      layers: start.layers ?? 32,
      gpu: start.gpu ?? false,
    });
    if (!next) return labels;
    labels.push(next.label);
    expect(loadSettings.safeParse(next.settings).success).toBe(true);
    settings = next.settings;
    contextSize = settings.contextSize ?? contextSize;
  }
  throw new Error(`it never ends: ${labels.join(', ')}`);
}

describe('what is tried after a failed load', () => {
  it('is a smaller window first where memory was short, then a smaller cache', () => {
    expect(ladder('memory', {})).toEqual([
      'Try with a context of 4,096',
      'Try with a context of 2,048',
      'Try with a context of 1,024',
      'Try with a context of 512',
      'Try with a cache of half the size',
      'Try with a cache of a quarter the size',
    ]);
  });

  it('halves a very large window and more at once', () => {
    expect(ladder('memory', { contextSize: 131_072 })[0]).toBe('Try with a context of 16,384');
    expect(ladder('memory', { contextSize: 9000 })[0]).toBe('Try with a context of 4,096');
  });

  it('takes layers off a graphics card that is full, at last all', () => {
    expect(ladder('gpu_memory', { gpu: true, layers: 28, contextSize: 512 }).slice(0, 4)).toEqual([
      'Try with 14 layers on the GPU',
      'Try with 7 layers on the GPU',
      'Try with 3 layers on the GPU',
      'Try on the processor alone',
    ]);
  });

  it('uses the graphics card less also where memory is short, but only if there is one', () => {
    const few = { contextSize: 512, layers: 3 };
    expect(ladder('memory', { ...few, gpu: true })[0]).toBe('Try on the processor alone');
    expect(ladder('memory', { ...few, gpu: false })[0]).toBe('Try with a cache of half the size');
  });

  it('never takes a smaller cache where flash attention was switched off', () => {
    const settings = { flashAttention: 'off', mmap: false } as const;
    expect(ladder('memory', { settings, contextSize: 512 })).toEqual([
      'Try with the file mapped into memory',
    ]);
  });

  it('leaves adapters out where one of them is the reason', () => {
    const settings = { adapters: [{ id: 'tone', scale: 1 }] };
    expect(ladder('adapter', { settings })).toEqual(['Try without adapters']);
  });

  it('reads the file another way where its disk failed', () => {
    expect(ladder('disk', {})).toEqual(['Try without mapping the file']);
  });

  it.each(['architecture', 'damaged', 'cpu'] as const)('is nothing where no setting helps: %s', (cause) => {
    expect(ladder(cause, { gpu: true })).toEqual([]);
  });

  it('comes to an end for reasons that nobody knows', () => {
    const settings = { cacheType: 'q4_0', adapters: [{ id: 'tone', scale: 1 }] } as const;
    const labels = ladder('unknown', {
      settings: { ...settings, adapters: [...settings.adapters] },
      gpu: true,
    });
    expect(labels.slice(0, 2)).toEqual(['Try without adapters', 'Try with the usual cache and attention']);
  });
});
