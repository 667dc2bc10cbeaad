import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countParts, settlePlan } from '../../../../electron/services/chat/ledger/drawPlan.ts';
import { planLedger } from '../../../../electron/services/chat/ledger/planLedger.ts';
import { createTokenCounts } from '../../../../electron/services/chat/ledger/tokenCounts.ts';
import { toTurns } from '../../../../electron/services/chat/ledger/turns.ts';
import type { Tokenizer } from '../../../../electron/services/engine/tokenizer.ts';
import { load, startEngine } from '../../../engine/startEngine.ts';
import { addSummary, addTurn, type ChatMessage, createRandom, randomText } from './randomChat.ts';

const starter = join(import.meta.dirname, '../../../../models/starter/inkling-starter.gguf');
const contextSize = 512;
const { signal } = new AbortController();

describe('the ledger by the tokenizer of the starter', () => {
  const engine = startEngine();
  let asked: string[] = [];
  const tokenizer: Tokenizer = {
    modelId: 'starter',
    contextSize,
    count: async (messages) => (await engine.api.count({ messages: [...messages] })).tokens,
    async countEach(texts) {
      asked.push(...texts);
      return (await engine.api.countEach({ texts: [...texts] })).tokens;
    },
  };
  beforeAll(async () => {
    await load(engine.api, starter, { contextSize });
  });
  afterAll(() => engine.stop());

  it('never lets a turn leave the window without an entry, and fits what the engine counts', async () => {
    const counts = createTokenCounts()(tokenizer);
    for (let seed = 1; seed <= 60; seed++) {
      const random = createRandom(seed);
      const chat: ChatMessage[] = [];
      for (let turns = random.below(20); turns > 0; turns--) {
        addTurn(random, chat, { mostWords: 80, marks: true });
        if (random.chance(0.1)) addSummary(random, chat);
      }
      const text = randomText(random, 'newest', 40);
      chat.push({ id: 'new', role: 'user', text, keep: 'auto', summary: null, cut: null });
      const systemPrompt = random.chance(0.5) ? 'Be kind. Answer in metric units.' : '';
      const draft = { systemPrompt, branch: chat, notes: null, how: {} };
      const parts = await countParts(draft, counts, contextSize, signal);
      const plan = await settlePlan(parts, tokenizer, {}, signal);

      const tokens = await tokenizer.count(plan.messages, {}, signal);
      expect(plan.tokens, `seed ${seed}`).toBe(tokens);
      expect(tokens + plan.room).toBeLessThanOrEqual(contextSize);
      // What is shown before sending is what the engine counts, but for a token here and there.
      const shown = planLedger(parts);
      if (shown.messages.length === plan.messages.length)
        expect(Math.abs(shown.tokens - tokens), `seed ${seed}`).toBeLessThanOrEqual(2 + plan.messages.length);

      const said = plan.messages.map(({ text: words }) => words).join('\n');
      const entries = plan.entries.filter(({ kind }) => kind === 'turn');
      for (const [index, turn] of toTurns(chat).slice(0, -1).entries())
        for (const words of [turn.question, turn.answer])
          if (words !== null) expect(said.includes(words)).toBe(entries[index]?.state === 'in');
      expect(said).toContain(text);
      expect(said).toContain(systemPrompt);
    }
  }, 120_000);

  it('counts each text once, however often a person pauses while typing', async () => {
    const counts = createTokenCounts()(tokenizer);
    const random = createRandom(7);
    const chat: ChatMessage[] = [];
    for (let turn = 0; turn < 10; turn++) addTurn(random, chat, { mostWords: 60, marks: false });
    const pause = (text: string) => {
      const newest: ChatMessage = { id: '', role: 'user', text, keep: 'auto', summary: null, cut: null };
      const draft = { systemPrompt: 'Be kind.', branch: [...chat, newest], notes: null, how: {} };
      return countParts(draft, counts, contextSize, signal);
    };
    await pause('What');
    asked = [];
    await pause('What is');
    await pause('What is new');
    expect(asked).toEqual(['What is', 'What is new']);
  });
});
