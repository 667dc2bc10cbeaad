import { describe, expect, it } from 'vitest';
import type { PromptMessage } from '../../../electron/engine/contract.ts';
import { toTurns, writePrompt } from '../../../electron/services/chat/buildPrompt.ts';
import { fitPrompt, roomForAnswer } from '../../../electron/services/chat/fitPrompt.ts';

const words = (messages: readonly PromptMessage[]) =>
  messages.reduce((sum, { text }) => sum + text.split(' ').length, 0);
const counter = (contextSize: number) => async (messages: readonly PromptMessage[]) => ({
  tokens: words(messages),
  contextSize,
});
const conversation = (turns: number, length: number) =>
  Array.from({ length: turns * 2 - 1 }, (_, at) => ({
    role: at % 2 === 0 ? ('user' as const) : ('assistant' as const),
    text: Array.from({ length }, () => `w${at}`).join(' '),
  }));

describe('toTurns', () => {
  it('keeps a question whose answer failed by joining it to the next question', () => {
    const turns = toTurns([
      { role: 'user', text: 'first' },
      { role: 'assistant', text: '' },
      { role: 'user', text: 'second' },
    ]);
    expect(turns).toEqual([{ prompt: [{ role: 'user', text: 'first\n\nsecond' }], messages: 3 }]);
  });
});

describe('fitPrompt', () => {
  it('leaves nothing out of what fits', async () => {
    const fitted = await fitPrompt('be kind', toTurns(conversation(3, 5)), counter(1000));
    expect(fitted.leftOut).toBe(0);
    expect(fitted.messages).toHaveLength(6);
  });

  it('leaves out only whole turns, oldest first, and says how many messages went', async () => {
    const turns = toTurns(conversation(40, 10));
    const fitted = await fitPrompt('be kind', turns, counter(512));
    expect(fitted.leftOut).toBeGreaterThan(0);
    expect(fitted.leftOut % 2).toBe(0);
    expect(fitted.messages[0]).toEqual({ role: 'system', text: 'be kind' });
    expect(fitted.messages.slice(1)).toEqual(writePrompt('', turns, fitted.leftOut / 2));
    expect(fitted.tokens + roomForAnswer(512)).toBeLessThanOrEqual(512);
  });

  it('never leaves a turn without counting it, whatever the sizes', async () => {
    for (let turns = 1; turns < 60; turns++) {
      for (const contextSize of [128, 200, 333, 512]) {
        const all = toTurns(conversation(turns, 7));
        const fitted = await fitPrompt('sys', all, counter(contextSize));
        const kept = fitted.messages.filter((message) => message.role !== 'system').length;
        expect(kept + fitted.leftOut).toBe(turns * 2 - 1);
        expect(fitted.messages.at(-1)?.text).toContain(`w${turns * 2 - 2}`);
      }
    }
  });

  it('refuses a newest message that does not fit, with the counts', async () => {
    const long = toTurns([
      ...conversation(3, 5),
      { role: 'assistant' as const, text: 'ok' },
      ...conversation(1, 400),
    ]);
    await expect(fitPrompt('sys', long, counter(256))).rejects.toMatchObject({
      code: 'context_overflow',
      details: { tokens: 401, contextSize: 256 },
    });
  });

  it('keeps the same beginning over several turns of a full window', async () => {
    const cuts = new Set<number>();
    for (let turns = 30; turns < 38; turns++) {
      cuts.add((await fitPrompt('sys', toTurns(conversation(turns, 10)), counter(512))).leftOut);
    }
    expect(cuts.size).toBeLessThanOrEqual(3);
  });
});
