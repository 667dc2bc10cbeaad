import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { applyEvent } from '../../../renderer/stores/applyEvent.ts';
import { draftMessage, type Line, storedLine } from '../../../renderer/stores/line.ts';

const start: Line = {
  ...storedLine(draftMessage('assistant', 'c', '', 0), 'draft'),
  phase: { kind: 'sending' },
};
const lineAfter = (...events: ChatEvent[]) =>
  events.reduce((line, event, i) => applyEvent(line, event, i * 1000), start);
const finished = {
  type: 'finished',
  state: 'done',
  endReason: 'complete',
  stats: null,
  error: null,
  leftOut: 2,
  cut: null,
} as const;

describe('applyEvent', () => {
  it('takes the stored message and keeps the key', () => {
    const answer = { ...draftMessage('assistant', 'c', '', 5), id: 'stored' };
    expect(lineAfter({ type: 'accepted', user: null, answer })).toMatchObject({
      key: 'draft',
      message: { id: 'stored' },
    });
  });

  it('tells each step before the first word', () => {
    expect(lineAfter({ type: 'waiting', ahead: 2 }).phase).toEqual({ kind: 'waiting', ahead: 2 });
    expect(lineAfter({ type: 'loading', modelId: 'm', phase: 'reading', fraction: 0.4 }).phase).toEqual({
      kind: 'loading',
      modelId: 'm',
      step: 'reading',
      fraction: 0.4,
    });
    const prompt = lineAfter({ type: 'prompt', tokens: 90, contextSize: 512, leftOut: 3 });
    expect(prompt).toMatchObject({
      phase: { kind: 'prefill', done: 0, total: 90, leftMs: null },
      message: { leftOut: 3, cut: null },
    });
    const reading = lineAfter({ type: 'prefill', done: 8, total: 90 }).phase;
    expect(reading).toEqual({ kind: 'prefill', done: 8, total: 90, leftMs: null });
    expect(lineAfter({ type: 'prefill', done: 8, total: 90, leftMs: 4100 }).phase).toMatchObject({
      leftMs: 4100,
    });
  });

  it('adds text and thought in their order, and measures how long the thinking took', () => {
    const line = lineAfter(
      { type: 'thought', text: 'hm' },
      { type: 'thought', text: 'm' },
      { type: 'text', text: 'Yes' },
      { type: 'text', text: '.' },
    );
    expect(line).toMatchObject({
      message: { thought: 'hmm', text: 'Yes.' },
      thoughtMs: 2000,
      phase: { kind: 'writing' },
    });
  });

  it('ends with the state, the reason and the count of what was left out', () => {
    const line = lineAfter({ type: 'text', text: 'Yes' }, finished);
    expect(line).toMatchObject({
      phase: null,
      message: { state: 'done', endReason: 'complete', leftOut: 2, text: 'Yes' },
    });
  });

  it('says that saving fails, and that it works again', () => {
    const problem = { code: 'storage_full', message: 'full' } as const;
    expect(lineAfter({ type: 'saving', problem }).saving).toEqual(problem);
    expect(lineAfter({ type: 'saving', problem }, { type: 'saving', problem: null }).saving).toBeNull();
  });

  it('never changes the line it was given', () => {
    const frozen = Object.freeze({ ...start, message: Object.freeze({ ...start.message }) });
    applyEvent(frozen, { type: 'text', text: 'x' }, 0);
    expect(frozen.message.text).toBe('');
  });
});
