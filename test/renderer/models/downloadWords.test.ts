import { expect, it } from 'vitest';
import {
  downloadFacts,
  formatPart,
  formatUntil,
  fractionOf,
  modelNameOf,
} from '../../../renderer/models/downloadWords.ts';
import { aDownload } from '../stores/aDownload.ts';

it.each([
  [1_550_000_000, 2_500_000_000, '1.55 of 2.50 GB'],
  [12_400_000, 480_000_000, '12 of 480 MB'],
  [1_250_000, 2_060_864, '1.3 of 2.1 MB'],
  [0, 126_000, '0 of 126 KB'],
])('writes %d of %d bytes in one unit', (received, size, text) => {
  expect(formatPart(received, size)).toBe(text);
});

it('says when something goes on, by the clock if it is far away', () => {
  expect(formatUntil(40_500, 1000)).toBe('in 40 s');
  const at = new Date(2026, 0, 1, 14, 5).getTime();
  expect(formatUntil(at, at - 600_000)).toBe('at 14:05');
});

it('counts what is on the disk, then what is verified, and nothing where nobody can say', () => {
  expect(fractionOf(aDownload())).toBe(0.4);
  expect(fractionOf(aDownload({ state: 'verifying', received: 1000, checked: 250 }))).toBe(0.25);
  expect(fractionOf(aDownload({ state: 'resolving', size: null }))).toBeNull();
  expect(fractionOf(aDownload({ state: 'paused', size: null }))).toBe(0);
});

it('writes the facts of each state under the bar', () => {
  const moving = aDownload({ size: 2.5e9, received: 1.55e9, checked: 1e9, speed: 41e6, secondsLeft: 24 });
  expect(downloadFacts(moving, 0)).toEqual([
    '1.55 of 2.50 GB',
    '41.0 MB/s',
    '24 s left',
    'verifying as it arrives',
  ]);
  expect(downloadFacts({ ...moving, speed: null, secondsLeft: null, retryAt: 5000 }, 0)).toEqual([
    '1.55 of 2.50 GB',
    'goes on in 5 s',
  ]);
  expect(downloadFacts({ ...moving, state: 'verifying' }, 0)).toEqual([
    '1.00 of 2.50 GB',
    'verifying every byte',
  ]);
  expect(downloadFacts(aDownload({ state: 'queued', size: null, received: 0 }), 0)).toEqual([
    'waits for the downloads before it',
  ]);
  expect(downloadFacts(aDownload({ state: 'failed', received: 0 }), 0)).toEqual(['stopped']);
});

it.each([
  ['Qwen3-4B-Q4_K_M.gguf', 'Qwen3-4B-Q4_K_M'],
  ['BF16/Big-BF16-00001-of-00003.gguf', 'Big-BF16'],
])('names the model of %s', (file, name) => {
  expect(modelNameOf(file)).toBe(name);
});
