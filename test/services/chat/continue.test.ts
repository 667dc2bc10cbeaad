import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createSeam, joinStats } from '../../../electron/services/chat/continuation.ts';
import type { Services } from '../../../electron/services/createServices.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { collect } from '../../client.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';
import { startServices } from '../startServices.ts';

const never = { signal: new AbortController().signal };

describe('chat.continue', () => {
  const children = createChildProcesses();
  let dir: string;
  let services: Services;
  let modelIds: readonly string[];
  let conversationId: string;

  beforeEach(async () => {
    dir = makeDir();
    mkdirSync(join(dir, 'builtin'));
    await writeRandomModel(join(dir, 'builtin/one.gguf'));
    copyFileSync(join(dir, 'builtin/one.gguf'), join(dir, 'builtin/two.gguf'));
    services = startServices(dir, children.spawn);
    const { models } = await services.service.library.rescan(null, never);
    modelIds = models.map(({ id }) => id);
    conversationId = (await services.service.conversations.create({}, never)).id;
  });
  afterEach(async () => {
    await services.close();
    children.killAll();
    removeDir(dir);
  });

  const send = (text: string, maxTokens: number | null = null) =>
    collect(
      services.service.chat.send(
        { conversationId, text, modelId: modelIds[0], sampling: { maxTokens } },
        never,
      ),
    );
  const goOn = (messageId: string, modelId = modelIds[0]) =>
    collect(services.service.chat.continue({ conversationId, messageId, modelId }, never));
  const textOf = (events: readonly ChatEvent[]) =>
    events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  const stored = async () =>
    (await services.service.conversations.messages({ id: conversationId, before: null, limit: 100 }, never))
      .messages;

  it('goes on with a cut answer in the same message, and counts all of it', async () => {
    await send('think so\nwords 10', 5);
    const [, cut] = await stored();
    expect(cut).toMatchObject({ endReason: 'max_tokens', text: '0 1 2 3 ' });
    const events = await goOn(cut?.id ?? '');
    expect(events[0]).toMatchObject({
      type: 'accepted',
      user: null,
      answer: { id: cut?.id, text: '0 1 2 3 ', state: 'streaming', endReason: null },
    });
    expect(textOf(events)).toBe('4 5 6 7 8 9 ');
    expect(await stored()).toMatchObject([
      {},
      { id: cut?.id, state: 'done', text: '0 1 2 3 4 5 6 7 8 9 ', thought: 'so ', siblingCount: 1 },
    ]);
    expect((await stored())[1]?.stats?.generatedTokens).toBe(11);
  });

  it('loses nothing of an answer that fails while it goes on', async () => {
    await send('words 4\nfail internal\nsay end');
    const [, failed] = await stored();
    expect(failed).toMatchObject({ state: 'failed', text: '0 1 2 3 ' });
    expect((await goOn(failed?.id ?? '', 'gone')).at(-1)).toMatchObject({
      state: 'failed',
      error: { code: 'model_missing' },
    });
    expect((await stored()).at(-1)).toMatchObject({ text: '0 1 2 3 ', state: 'failed' });
  });

  it('goes on beside the answer where another model does it, or something was said after it', async () => {
    await send('words 6', 3);
    const [, first] = await stored();
    const other = await goOn(first?.id ?? '', modelIds[1]);
    expect(other[0]).toMatchObject({ answer: { text: '0 1 2 ', siblingIndex: 1, siblingCount: 2 } });
    expect((await stored()).at(-1)).toMatchObject({ text: '0 1 2 3 4 5 ', model: { id: modelIds[1] } });

    await services.service.conversations.select(
      { id: conversationId, messageId: first?.id ?? '', step: 0 },
      never,
    );
    await send('say after');
    const third = await goOn(first?.id ?? '');
    expect(third[0]).toMatchObject({ answer: { siblingIndex: 2, siblingCount: 3 } });
    await services.service.conversations.select(
      { id: conversationId, messageId: first?.id ?? '', step: 0 },
      never,
    );
    expect((await stored()).map(({ text }) => text)).toEqual(['words 6', '0 1 2 ', 'say after', 'after ']);
  });

  it('refuses a question, and an answer that is damaged', async () => {
    await send('words 6', 3);
    const [question, answer] = await stored();
    await expect(goOn(question?.id ?? '')).rejects.toMatchObject({ code: 'bad_input' });
    await expect(goOn('nobody')).rejects.toMatchObject({ code: 'not_found' });
    expect((await stored())[1]).toEqual(answer);
  });
});

describe('the seam of an answer that goes on', () => {
  it('lets the model write the white space at the end anew, and keeps it once', () => {
    const join = (before: string, ...pieces: string[]) => {
      const seam = createSeam(before);
      return [seam.read, before + pieces.map(seam.push).join('')];
    };
    expect(join('Half an', ' answer')).toEqual(['Half an', 'Half an answer']);
    expect(join('Half an ', ' ', 'answer')).toEqual(['Half an', 'Half an answer']);
    expect(join('Half an ', 'answer')).toEqual(['Half an', 'Half an answer']);
    expect(join('Then:\n\n', '\n', '\n- one')).toEqual(['Then:', 'Then:\n\n- one']);
    expect(join('if x:\n    ', '\n        y')).toEqual(['if x:', 'if x:\n        y']);
    expect(join('End.\n\n', ' And')).toEqual(['End.', 'End.\n\nAnd']);
  });

  it('has the figures of its beginning and of its end', () => {
    const stats = {
      timeToFirstTokenMs: 10,
      promptTokens: 20,
      cachedTokens: 0,
      promptTokensPerSecond: 100,
      generatedTokens: 5,
      generationTokensPerSecond: 50,
      contextUsed: 25,
      contextSize: 100,
      threads: 2,
      thought: null,
    };
    const now = { ...stats, timeToFirstTokenMs: 3, promptTokens: 25, generatedTokens: 7, contextUsed: 32 };
    expect(joinStats(stats, now)).toEqual({ ...stats, generatedTokens: 12, contextUsed: 32 });
    expect(joinStats(null, now)).toEqual(now);
    expect(joinStats(stats, null)).toEqual(stats);
  });
});
