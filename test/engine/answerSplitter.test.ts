import { describe, expect, it } from 'vitest';
import { type AnswerMarks, createAnswerSplitter } from '../../electron/engine/answerSplitter.ts';

const marks: AnswerMarks = {
  opens: ['<think>'],
  closes: ['</think>'],
  hidden: ['<|channel|>final<|message|>'],
  stops: ['STOP', '\n\nUser:'],
  startsInThought: false,
};

/** Feeds the text in pieces of `size` and joins what comes out, by kind. */
function split(text: string, size: number, with_: Partial<AnswerMarks> = {}) {
  const splitter = createAnswerSplitter({ ...marks, ...with_ });
  const out = { thought: '', text: '', stopped: false, order: '' };
  const take = (pieces: readonly { kind: 'thought' | 'text'; text: string }[]) => {
    for (const piece of pieces) {
      out[piece.kind] += piece.text;
      if (!out.order.endsWith(piece.kind[2] ?? '')) out.order += piece.kind[2];
    }
  };
  for (let at = 0; at < text.length && !out.stopped; at += size) {
    const { pieces, stopped } = splitter.push(text.slice(at, at + size));
    take(pieces);
    out.stopped = stopped;
  }
  if (!out.stopped) take(splitter.end());
  return out;
}

describe('the answer splitter', () => {
  for (const size of [1, 2, 3, 7, 1000]) {
    it(`separates thought and text when they come in pieces of ${size}`, () => {
      const out = split('<think>\nFirst, 2 < 3.\n\n</think>\n\nIt is 5.\n', size);
      expect(out).toMatchObject({ thought: 'First, 2 < 3.', text: 'It is 5.\n', stopped: false });
    });
    it(`ends before a stop text and never shows half of it, in pieces of ${size}`, () => {
      expect(split('One STO two.\n\nUser: more', size)).toMatchObject({
        text: 'One STO two.',
        stopped: true,
      });
    });
    it(`drops hidden headers in pieces of ${size}`, () => {
      expect(split('<|channel|>final<|message|>Hello', size).text).toBe('Hello');
    });
  }

  it('begins in a thought where the prompt opened one', () => {
    const out = split('hm</think>yes', 2, { startsInThought: true });
    expect(out).toMatchObject({ thought: 'hm', text: 'yes' });
  });
  it('gives out half a mark at the end, since it was none', () => {
    expect(split('a <thi', 1).text).toBe('a <thi');
    expect(split('a ST', 1).text).toBe('a ST');
  });
  it('keeps the order of several thoughts and texts', () => {
    expect(split('a<think>b</think>c<think>d</think>e', 1).order).toBe('xoxox');
  });
  it('leaves a closing mark in the text alone', () => {
    expect(split('a </think> b', 4).text).toBe('a </think> b');
  });
  it('holds back at most one mark, whatever comes', () => {
    const splitter = createAnswerSplitter(marks);
    let given = 0;
    for (let index = 0; index < 1000; index++) {
      for (const piece of splitter.push('<think').pieces) given += piece.text.length;
      expect(6 * (index + 1) - given).toBeLessThanOrEqual(27);
    }
  });
});
