import { describe, expect, it } from 'vitest';
import { type ChatSettings, chatSettings } from '../../../electron/contract/chatSettings.ts';
import { type Preset, preset } from '../../../electron/contract/presets.ts';
import { sampling, settingsSchema } from '../../../electron/contract/settings.ts';
import { type AnswerWish, resolveChat } from '../../../electron/services/chat/resolveChat.ts';

const app = settingsSchema.parse({ modelId: 'app', systemPrompt: 'App.', sampling: { temperature: 0.1 } });
const aPreset = (fields: Partial<Preset>) => preset.parse({ id: 'p', name: 'P', ...fields });
const resolve = (wish: AnswerWish = {}, chat: Partial<ChatSettings> = {}) =>
  resolveChat({ wish, chat: { ...chatSettings.parse({}), ...chat }, app, now: new Date(2026, 10, 23) });
const scope = { folders: [], tags: ['x'], notes: [] };
const json = { kind: 'json', schema: '{}' } as const;

describe('resolveChat', () => {
  it('follows Settings where nothing else is said', () => {
    const plan = resolve();
    expect(plan).toMatchObject({
      modelId: 'app',
      systemPrompt: 'App.',
      notes: null,
      format: { kind: 'text' },
    });
    expect(plan.sampling({})).toEqual(app.sampling);
  });

  it('puts the message before the chat, the chat before its preset, and that before the model and Settings', () => {
    const recommended = { temperature: 0.2, topK: 2 };
    const byPreset = {
      preset: aPreset({ modelId: 'preset', sampling: { temperature: 0.3 }, instructions: 'P.' }),
    };
    const byChat = { ...byPreset, modelId: 'chat', sampling: { temperature: 0.4 }, instructions: 'C.' };
    const wish = { modelId: 'wish', sampling: { temperature: 0.5 }, instructions: 'W.' };
    const seen = [resolve(), resolve({}, byPreset), resolve({}, byChat), resolve(wish, byChat)].map(
      (plan) => [plan.modelId, plan.systemPrompt, plan.sampling(recommended).temperature],
    );
    expect(seen).toEqual([
      ['app', 'App.', 0.2],
      ['preset', 'P.', 0.3],
      ['chat', 'C.', 0.4],
      ['wish', 'W.', 0.5],
    ]);
  });

  it('joins the sampling setting by setting', () => {
    const chat = { preset: aPreset({ sampling: { topP: 0.5, minP: 0.3 } }), sampling: { minP: 0.4 } };
    expect(resolve({ sampling: { seed: 7 } }, chat).sampling({ topK: 3 })).toEqual({
      ...sampling.parse({ temperature: 0.1 }),
      topK: 3,
      topP: 0.5,
      minP: 0.4,
      seed: 7,
    });
  });

  it('lets a key that stands for nothing hide nothing', () => {
    const wish = { sampling: { temperature: undefined } } as unknown as AnswerWish;
    expect(resolve(wish).sampling({}).temperature).toBe(0.1);
  });

  it('takes empty instructions of a chat for none, and those of a preset for those of Settings', () => {
    expect(resolve({}, { instructions: '' }).systemPrompt).toBe('');
    expect(resolve({}, { preset: aPreset({ instructions: ' ' }) }).systemPrompt).toBe('App.');
  });

  it('fills in variables: known ones, the preset’s, and the chat’s', () => {
    const chat = {
      preset: aPreset({
        instructions: '{{language}} {{tone}} {{date}}',
        variables: { language: 'English', tone: 'kind' },
      }),
      variables: { language: 'Welsh' },
    };
    expect(resolve({}, chat).systemPrompt).toBe('Welsh kind Monday, 23 November 2026');
  });

  it('answers from notes as the message, the chat or the preset says', () => {
    const on = { preset: aPreset({ notes: true }) };
    expect(resolve({}, on).notes).toEqual({ folders: [], tags: [], notes: [] });
    expect(resolve({}, { ...on, notes: null }).notes).toBeNull();
    expect(resolve({}, { ...on, notes: scope }).notes).toEqual(scope);
    expect(resolve({ notes: null }, { ...on, notes: scope }).notes).toBeNull();
    expect(resolve({ notes: scope }).notes).toEqual(scope);
  });

  it('takes the format of the message, the chat or the preset', () => {
    const chat = { preset: aPreset({ format: json }) };
    expect(resolve({}, chat).format).toEqual(json);
    expect(resolve({}, { ...chat, format: { kind: 'text' } }).format).toEqual({ kind: 'text' });
    expect(resolve({ format: json }, { format: { kind: 'text' } }).format).toEqual(json);
  });
});
