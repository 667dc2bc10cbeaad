import { expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import { message, scriptedApp } from './scriptedApp.ts';

const soon = { timeout: 5000, interval: 5 };
const user = message('u1', 'user', 'Why?', { parentId: null });
const streaming = message('a1', 'assistant', '', { parentId: 'u1', state: 'streaming' });
const accepted: ChatEvent = { type: 'accepted', user, answer: streaming };
const finished: ChatEvent = {
  type: 'finished',
  state: 'done',
  endReason: 'complete',
  stats: null,
  error: null,
  leftOut: 0,
  cut: null,
};
const nobody = { modelId: null, notes: null };
const forever = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason), { once: true }),
  );

it('shows the words at once, then the answer as it comes, under the same keys', async () => {
  const app = scriptedApp();
  let open: () => void = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  app.answerWith(async function* () {
    await gate;
    yield accepted;
    yield { type: 'text', text: 'Because ' };
    yield { type: 'text', text: 'it **is**.' };
    yield finished;
  });
  app.store([user, message('a1', 'assistant', 'Because it **is**.', { parentId: 'u1' })]);
  const sent = app.threads.getState().send('c', 'Why?', nobody);
  const order = app.threads.getState().threads.get('c')?.order;
  expect(app.texts()).toEqual(['Why?', '']);
  expect(app.last().phase).toEqual({ kind: 'sending' });
  open();
  await sent;
  expect(app.texts()).toEqual(['Why?', 'Because it **is**.']);
  expect(app.last()).toMatchObject({
    phase: null,
    message: { id: 'a1', state: 'done' },
    doc: { final: true },
  });
  expect(app.threads.getState().threads.get('c')).toMatchObject({ order, running: false });
  expect(app.ended).toHaveLength(1);
});

it('puts everything back when the words were not accepted', async () => {
  const app = scriptedApp();
  app.store([message('u0', 'user', 'Before')]);
  await app.threads.getState().open('c');
  // biome-ignore lint/correctness/useYield: it fails before the first event
  app.answerWith(async function* () {
    throw new InklingError('busy', 'Two prompts wait.');
  });
  await expect(app.threads.getState().send('c', 'Why?', nobody)).rejects.toMatchObject({ code: 'busy' });
  expect(app.texts()).toEqual(['Before']);
  expect(app.threads.getState().threads.get('c')?.running).toBe(false);
});

it('stops, keeps what was written, and then shows what the app stored', async () => {
  const app = scriptedApp();
  let aborted = false;
  app.answerWith(async function* (signal) {
    yield accepted;
    yield { type: 'text', text: 'Half an' };
    try {
      await forever(signal);
    } finally {
      aborted = true;
    }
  });
  const sent = app.threads.getState().send('c', 'Why?', nobody);
  await expect.poll(() => app.last().message.text, soon).toBe('Half an');
  app.store([user, message('a1', 'assistant', 'Half an answer', { parentId: 'u1', state: 'stopped' })]);
  app.threads.getState().stop('c');
  await sent;
  expect(app.last()).toMatchObject({ phase: null, message: { state: 'stopped', text: 'Half an answer' } });
  await expect.poll(() => aborted, soon).toBe(true);
});

it('marks an answer as interrupted when the connection is lost, and reads the truth when it is back', async () => {
  const app = scriptedApp();
  app.answerWith(async function* (signal) {
    yield accepted;
    yield { type: 'text', text: 'Half' };
    await forever(signal);
  });
  void app.threads.getState().send('c', 'Why?', nobody);
  await expect.poll(() => app.last().message.text, soon).toBe('Half');
  app.store([user, message('a1', 'assistant', 'Half of it', { parentId: 'u1', state: 'stopped' })]);
  app.cut();
  await expect.poll(() => app.connection.state.getState().state, soon).toBe('lost');
  await expect.poll(() => app.last().message.state, soon).toBe('interrupted');
  expect(app.last().message.text).toBe('Half');
  await expect.poll(() => app.connection.state.getState().state, soon).toBe('open');
  await expect.poll(() => app.last().message, soon).toMatchObject({ state: 'stopped', text: 'Half of it' });
});

it('replaces the shown answer by the new try, and keeps the question', async () => {
  const app = scriptedApp();
  app.store([user, message('a0', 'assistant', 'First', { parentId: 'u1' })]);
  await app.threads.getState().open('c');
  app.answerWith(async function* () {
    yield { type: 'accepted', user: null, answer: streaming };
    yield { type: 'text', text: 'Second' };
    yield finished;
  });
  const answer = app.last().key;
  const stored = message('a1', 'assistant', 'Second', { parentId: 'u1', siblingIndex: 1, siblingCount: 2 });
  app.store([user, stored]);
  await app.threads.getState().again('c', answer, nobody);
  expect(app.texts()).toEqual(['Why?', 'Second']);
  expect(app.last().message).toMatchObject({ id: 'a1', siblingIndex: 1, siblingCount: 2 });
});

it('reads the end of a long chat first, and earlier pages before it', async () => {
  const app = scriptedApp();
  const all = Array.from({ length: 150 }, (_, i) =>
    message(`m${i}`, i % 2 ? 'assistant' : 'user', `text ${i}`),
  );
  app.store(all);
  await app.threads.getState().open('c');
  expect([app.texts().length, app.texts()[0], app.texts().at(-1)]).toEqual([60, 'text 90', 'text 149']);
  await app.threads.getState().loadEarlier('c');
  await app.threads.getState().loadEarlier('c');
  expect(app.texts()).toEqual(all.map((each) => each.text));
  expect(app.threads.getState().threads.get('c')?.hasEarlier).toBe(false);
});

it('refuses a second message while the first is being answered', async () => {
  const app = scriptedApp();
  app.answerWith(async function* (signal) {
    yield accepted;
    await forever(signal);
  });
  const first = app.threads.getState().send('c', 'Why?', nobody);
  await expect(app.threads.getState().send('c', 'And?', nobody)).rejects.toMatchObject({ code: 'busy' });
  app.threads.getState().stop('c');
  await first;
});
