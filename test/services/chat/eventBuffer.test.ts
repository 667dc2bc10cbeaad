import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import { createEventBuffer } from '../../../electron/services/chat/eventBuffer.ts';

const collect = async (events: AsyncIterable<ChatEvent>) => {
  const all: ChatEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
};

describe('eventBuffer', () => {
  it('joins text that waits for a slow reader and keeps its order with thoughts', async () => {
    const buffer = createEventBuffer();
    for (const text of ['a', 'b']) buffer.push({ type: 'thought', text });
    for (const text of ['c', 'd', 'e']) buffer.push({ type: 'text', text });
    buffer.push({ type: 'thought', text: 'f' });
    buffer.end();
    expect(await collect(buffer.read())).toEqual([
      { type: 'thought', text: 'ab' },
      { type: 'text', text: 'cde' },
      { type: 'thought', text: 'f' },
    ]);
  });

  it('shows only the newest of several progress reports that wait', async () => {
    const buffer = createEventBuffer();
    for (let done = 0; done <= 100; done += 10) buffer.push({ type: 'prefill', done, total: 100 });
    buffer.end();
    expect(await collect(buffer.read())).toEqual([{ type: 'prefill', done: 100, total: 100 }]);
  });

  it('hands over what comes while it is read', async () => {
    const buffer = createEventBuffer();
    const reading = collect(buffer.read());
    for (const text of ['one ', 'two ', 'three']) {
      buffer.push({ type: 'text', text });
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    buffer.end();
    const texts = (await reading).map((event) => (event.type === 'text' ? event.text : ''));
    expect(texts.join('')).toBe('one two three');
    expect(texts.length).toBe(3);
  });
});
