import { describe, expect, it } from 'vitest';
import { type StateFacts, stateKey } from '../../electron/engine/llama/stateKey.ts';

const facts: StateFacts = {
  versions: ['3.22.1', 'b1'],
  gpu: false,
  gpuLayers: 0,
  model: 'a'.repeat(64),
  contextSize: 2048,
  flashAttention: true,
  cacheType: 'f16',
  adapters: [['b'.repeat(64), 1]],
  template: { source: 'model', name: 'chatml', text: '{{ messages }}' },
};

describe('the key of a state', () => {
  it('is the same for the same facts', () => {
    expect(stateKey(structuredClone(facts))).toEqual(stateKey(facts));
    expect(stateKey(facts)).toHaveLength(32);
  });

  it.each<[string, Partial<StateFacts>]>([
    ['library', { versions: ['3.22.2', 'b1'] }],
    ['llama.cpp', { versions: ['3.22.1', 'b2'] }],
    ['GPU', { gpu: 'vulkan' }],
    ['number of layers on the GPU', { gpuLayers: 1 }],
    ['model', { model: 'c'.repeat(64) }],
    ['context window', { contextSize: 4096 }],
    ['flash attention', { flashAttention: false }],
    ['cache', { cacheType: 'q8_0' }],
    ['adapter', { adapters: [['d'.repeat(64), 1]] }],
    ['scale of an adapter', { adapters: [['b'.repeat(64), 0.5]] }],
    ['number of adapters', { adapters: [] }],
    ['source of the template', { template: { ...facts.template, source: 'general' } }],
    ['kind of template', { template: { ...facts.template, name: 'llama3' } }],
    ['text of the template', { template: { ...facts.template, text: '{{ messages | reverse }}' } }],
  ])('is another for another %s', (_, change) => {
    expect(stateKey({ ...facts, ...change })).not.toEqual(stateKey(facts));
  });
});
