import { describe, expect, it } from 'vitest';
import { contract } from '../../electron/contract/index.ts';
import { sampling, samplingPatch, settingsPatch, settingsSchema } from '../../electron/contract/settings.ts';

describe('settings', () => {
  it('have a default for everything', () => {
    expect(settingsSchema.parse({})).toEqual({
      theme: 'system',
      noteFolders: [],
      embeddingModelId: null,
      sidebarOpen: true,
      modelId: null,
      systemPrompt: '',
      sampling: sampling.parse({}),
      contextSize: null,
      load: {},
      unloadAfter: 15,
      thinking: { on: true, budget: null },
      nameChats: true,
      statesBudget: 2e9,
    });
  });

  it('patches fill in no defaults, so that what they leave out stays as it is', () => {
    expect(settingsPatch.parse({})).toEqual({});
    expect(settingsPatch.parse({ sampling: { topK: 3 } })).toEqual({ sampling: { topK: 3 } });
    expect(samplingPatch.parse({})).toEqual({});
  });

  it('patches know every setting', () => {
    expect(Object.keys(settingsPatch.shape).sort()).toEqual(Object.keys(settingsSchema.shape).sort());
    expect(Object.keys(samplingPatch.shape).sort()).toEqual(Object.keys(sampling.shape).sort());
  });

  it('of one message override only what they name', () => {
    const input = { conversationId: 'c', text: 'hello', sampling: { temperature: 0 } };
    expect(contract.chat.send.input.parse(input).sampling).toEqual({ temperature: 0 });
  });

  it.each([
    { sampling: { temperature: -1 } },
    { sampling: { seed: 2 ** 32 } },
    { theme: 'blue' },
    { contextSize: 63 },
    { load: { m: { threads: 0 } } },
    { load: { m: { cacheType: 'q4_0', flashAttention: 'off' } } },
    { unloadAfter: 7 },
  ])('refuses %j', (patch) => {
    expect(settingsPatch.safeParse(patch).success).toBe(false);
  });
});
