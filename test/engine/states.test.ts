import { readFileSync, statSync, utimesSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { all, ask } from './startEngine.ts';
import { long, other, sampling, stateDesk } from './stateDesk.ts';
import { writeAdapter } from './writeAdapter.ts';

describe('keeping evaluated states', () => {
  const desk = stateDesk();

  it('reads nothing again after the process is started anew, and says the same', async () => {
    const { path, cold } = await desk.keepOne();
    expect(cold.cachedTokens).toBe(0);
    await desk.restart();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await desk.load();
    const again = await desk.say('a', long);
    expect(again.cachedTokens).toBe(again.promptTokens - 1);
    expect(again.answer).toBe(cold.answer);
    expect(desk.files()).toHaveLength(1);
  });

  it('writes by itself a moment after an answer', async () => {
    await desk.load();
    await desk.say('a', long);
    await vi.waitFor(() => expect(desk.stateOf('a')).toBeDefined(), 5_000);
    expect(desk.files()).toHaveLength(1);
  });

  it('goes from one chat to another and back without reading either again', async () => {
    await desk.load();
    await desk.say('a', long);
    await desk.say('b', other);
    const a = await desk.say('a', `${long} And then?`);
    const b = await desk.say('b', `${other} And then?`);
    expect(a.cachedTokens).toBeGreaterThan(100);
    expect(b.cachedTokens).toBeGreaterThan(100);
  });

  it('is not lost when something else is asked in between that is not kept', async () => {
    await desk.load();
    await desk.say('a', long);
    await ask(desk.api(), other, { sampling });
    expect((await desk.say('a', `${long} Go on.`)).cachedTokens).toBeGreaterThan(100);
    await desk.api().settle(null);
    expect(desk.files()).toHaveLength(1);
  });

  it('never holds what a model read in between of another chat, to judge an answer', async () => {
    await desk.load();
    await desk.say('a', long);
    await desk.api().settle(null);
    const bytes = () => readFileSync(desk.stateOf('a') ?? '');
    const before = bytes();
    const isAsBefore = () => bytes().equals(before);
    const judge = (keep?: ReturnType<typeof desk.keep>) =>
      all(
        desk.api().score({
          messages: [{ role: 'user', text: other }],
          answerPrefix: { thought: '', text: other },
          keep,
        }),
      );
    await judge();
    await desk.api().settle(null);
    expect(isAsBefore()).toBe(true);
    await judge(desk.keep('b'));
    await desk.api().settle(null);
    expect(isAsBefore()).toBe(true);
    expect(desk.stateOf('b')).toBeDefined();
    expect((await desk.say('b', other)).cachedTokens).toBeGreaterThan(100);
    expect((await desk.say('a', long)).cachedTokens).toBeGreaterThan(100);
  });

  it('is of use to another chat that begins the same way, like a fork', async () => {
    await desk.keepOne();
    await desk.load();
    expect((await desk.say('fork', `${long} Or not?`)).cachedTokens).toBeGreaterThan(100);
    await desk.api().settle(null);
    expect(desk.stateOf('fork')).toBeDefined();
  });

  it('says the same with a kept state as without, whatever comes next', async () => {
    await desk.keepOne();
    await desk.load();
    const next = `${long} What of the sea?`;
    const warm = await desk.say('a', next);
    await desk.api().unload(null);
    desk.forgetFolder();
    await desk.load();
    const cold = await desk.say('a', next);
    expect(warm.cachedTokens).toBeGreaterThan(100);
    expect(cold.cachedTokens).toBe(0);
    expect(warm.answer).toBe(cold.answer);
  });

  it('reads ahead what is certain, until something real comes', async () => {
    await desk.load();
    const history = [
      { role: 'user' as const, text: long },
      { role: 'assistant' as const, text: 'A river.' },
    ];
    const { tokens, ready } = await desk.api().prepare({ messages: history, keep: desk.keep('a') });
    expect(ready).toBe(tokens - 1);
    const messages = [...history, { role: 'user' as const, text: 'Which one?' }];
    const { finished } = await ask(desk.api(), '', { messages, sampling, keep: desk.keep('a') });
    expect(finished.stats.cachedTokens).toBeGreaterThanOrEqual(ready);

    const reading = desk.api().prepare({
      messages: [{ role: 'user', text: other.repeat(2) }],
      keep: desk.keep('b'),
    });
    expect((await desk.say('a', 'Now!')).generatedTokens).toBe(4);
    await reading;
  });

  it('has a key that tells models, their changes, contexts, caches, adapters and scales apart', async () => {
    const twin = desk.model('twin.gguf');
    await writeRandomModel(twin, { seed: 3 });
    const { mtime } = statSync(desk.tiny());
    utimesSync(twin, mtime, mtime);
    const adapter = desk.model('adapter.gguf');
    await writeAdapter(adapter);
    const cases = [
      { path: desk.tiny() },
      { path: twin },
      { path: desk.tiny(), contextSize: 1024 },
      { path: desk.tiny(), cacheType: 'q8_0' as const },
      { path: desk.tiny(), adapters: [{ path: adapter, scale: 1 }] },
      { path: desk.tiny(), adapters: [{ path: adapter, scale: 0.5 }] },
    ];
    for (const [at, { path, ...options }] of cases.entries()) {
      await desk.load(path, options);
      expect((await desk.say('a', long)).cachedTokens).toBe(0);
      await desk.api().settle(null);
      expect(desk.files()).toHaveLength(at + 1);
    }
    await desk.load();
    expect((await desk.say('a', long)).cachedTokens).toBeGreaterThan(100);
  });

  it('stays with its adapters when they change, and comes back with them', async () => {
    const adapter = desk.model('other-adapter.gguf');
    await writeAdapter(adapter);
    await desk.load();
    await desk.say('a', long);
    await desk.api().adapt({ adapters: [{ path: adapter, scale: 1 }] });
    expect((await desk.say('a', long)).cachedTokens).toBe(0);
    await desk.api().adapt({ adapters: [] });
    expect((await desk.say('a', long)).cachedTokens).toBeGreaterThan(100);
  });

  it('keeps to its budget, the least recently used goes first', async () => {
    const { path } = await desk.keepOne();
    const budget = statSync(path).size * 2.5;
    await desk.load();
    for (const chat of ['b', 'c']) {
      await desk.say(chat, `${chat} ${long}`, budget);
      await desk.say('a', long, budget);
      await desk.api().settle(null);
    }
    expect(desk.files().map((name) => name[0])).toEqual(['a', 'c']);
    await desk.say('d', other, 1000);
    await desk.api().settle(null);
    expect(desk.stateOf('d')).toBeUndefined();
    await desk.say('e', other, 0);
    await desk.api().settle(null);
    expect(desk.stateOf('e')).toBeUndefined();
  });

  it('leaves the disk as much room as it is told to', async () => {
    await desk.load();
    const greedy = { ...desk.keep('a'), spare: 2 ** 60 };
    await ask(desk.api(), long, { sampling, keep: greedy });
    await desk.api().settle(null);
    expect(desk.files()).toEqual([]);
    expect(desk.stderr()).toContain('the disk is too full');
  });

  it('writes nothing more of a chat that is to be forgotten, whatever is going on', async () => {
    await desk.load();
    await desk.say('a', long);
    await desk.api().forget({ chats: ['a'] });
    await desk.api().settle(null);
    expect(desk.files()).toEqual([]);
    expect((await desk.say('c', long)).cachedTokens).toBe(0);
    await desk.api().forget({ chats: ['c'] });

    const answer = desk.api().generate({
      messages: [{ role: 'user', text: other }],
      sampling: { seed: 1, maxTokens: 200 },
      keep: desk.keep('b'),
    });
    let forgetting: Promise<null> | undefined;
    for await (const _ of answer) forgetting ??= desk.api().forget({ chats: ['b'] });
    await forgetting;
    await desk.api().settle(null);
    expect(desk.files()).toEqual([]);
  });

  it('is whole or not there after a kill at any moment of writing', async () => {
    for (const delay of [0, 3, 9]) {
      await desk.load();
      await desk.say('a', `${delay} ${long}`);
      const settling = desk
        .api()
        .settle(null)
        .catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, delay));
      await desk.restart();
      await settling;
    }
    await desk.load();
    const before = desk.stderr();
    const { answer } = await desk.say('a', `9 ${long}`);
    expect(desk.stderr().slice(before.length)).not.toContain('[state]');
    desk.forgetFolder();
    await desk.load();
    expect((await desk.say('a', `9 ${long}`)).answer).toBe(answer);
  });
});
