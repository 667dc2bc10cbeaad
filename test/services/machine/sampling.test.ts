import { describe, expect, it } from 'vitest';
import { sampling } from '../../../electron/contract/settings.ts';
import { samplingDefaults, samplingOf } from '../../../electron/services/machine/sampling.ts';

const ours = sampling.parse({});
const card = [
  {
    mode: 'thinking',
    temperature: 0.6,
    topP: 0.95,
    topK: 20,
    minP: null,
    presencePenalty: null,
    repeatPenalty: null,
  },
];

describe('the sampling of a model', () => {
  it('follows what the person chose, then the card, then the file, then Inkling', () => {
    const defaults = samplingDefaults({ ...ours, topK: 7 }, card, { temperature: 1, minP: 0.1 });
    expect(defaults).toEqual([
      { key: 'temperature', value: 0.6, source: 'card' },
      { key: 'topP', value: 0.95, source: 'card' },
      { key: 'topK', value: 7, source: 'you' },
      { key: 'minP', value: 0.1, source: 'file' },
      { key: 'repeatPenalty', value: ours.repeatPenalty, source: 'inkling' },
    ]);
    expect(samplingOf(defaults)).toEqual({
      temperature: 0.6,
      topP: 0.95,
      topK: 7,
      minP: 0.1,
      repeatPenalty: 1.05,
    });
  });

  it('does not believe a file that says what cannot be', () => {
    const [temperature] = samplingDefaults(ours, [], { temperature: 1e9 });
    expect(temperature).toMatchObject({ value: ours.temperature, source: 'inkling' });
  });
});
