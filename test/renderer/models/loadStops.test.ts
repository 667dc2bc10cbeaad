import { expect, it } from 'vitest';
import type { LoadChoices } from '../../../electron/contract/load.ts';
import { contextStops, gpuStops, threadStops } from '../../../renderer/models/loadStops.ts';

const choices: LoadChoices = {
  contextSize: 6000,
  layers: 2,
  usualContextSize: 6000,
  sampling: [],
  adapters: [],
};

it('offers windows up to what the model was trained for, doubling', () => {
  expect(contextStops(choices, null).map(({ value }) => value)).toEqual([null, 512, 1024, 2048, 4096, 6000]);
  expect(contextStops(choices, null)[0]?.label).toBe('Automatic (6,000)');
});

it('keeps a window that was chosen elsewhere, in its place', () => {
  expect(contextStops(choices, 3000).map(({ value }) => value)).toEqual([
    null,
    512,
    1024,
    2048,
    3000,
    4096,
    6000,
  ]);
});

it('offers a window also where the file does not tell any', () => {
  expect(contextStops({ ...choices, contextSize: null }, null).at(-1)?.value).toBe(131_072);
  expect(contextStops({ ...choices, contextSize: 16 }, null).at(-1)?.value).toBe(64);
});

it('offers no layer, some and all on the GPU, and as many threads as cores', () => {
  expect(gpuStops(2).map(({ value }) => value)).toEqual(['auto', 0, 1, 2]);
  expect(threadStops(2, null).map(({ value }) => value)).toEqual([null, 1, 2]);
  expect(threadStops(2, 3).at(-1)?.value, 'a choice made on another machine').toBe(3);
});
