import { describe, expect, it } from 'vitest';
import type { MadeFormat, Message } from '../../../../electron/contract/conversations.ts';
import { formatWords, readStructured } from '../../../../renderer/chat/structured/readStructured.ts';
import { draftMessage, storedLine, withDoc } from '../../../../renderer/stores/line.ts';

const answer = (text: string, verdict: MadeFormat['verdict'], more: Partial<Message> = {}): Message => ({
  ...draftMessage('assistant', 'c', text, 0),
  state: 'done',
  format: { kind: 'json', schema: '{}', verdict },
  ...more,
});

describe('an answer that had to be JSON', () => {
  it('is shown as its value only where it was judged valid', () => {
    expect(readStructured(answer('{"a":1}', 'valid'))).toEqual({ value: { a: 1 } });
    expect(readStructured(answer('null', 'valid'))).toEqual({ value: null });
    expect(readStructured(answer('{"a":1}', 'invalid'))).toBeUndefined();
    expect(readStructured(answer('{"a":1', 'unfinished'))).toBeUndefined();
    expect(readStructured({ ...answer('{"a":1}', 'valid'), format: null })).toBeUndefined();
  });

  it('is shown as it is where it is damaged or huge', () => {
    expect(readStructured(answer('{"a":1', 'valid'))).toBeUndefined();
    expect(readStructured(answer('{}', 'valid', { damaged: true }))).toBeUndefined();
    expect(readStructured(answer(`"${'x'.repeat(500_000)}"`, 'valid'))).toBeUndefined();
  });

  it('says what it is not', () => {
    expect(formatWords(answer('{}', 'valid'))).toBeNull();
    expect(formatWords(answer('{', 'unfinished'))).toMatch(/unfinished/);
    expect(formatWords(answer('{', null, { state: 'interrupted' }))).toMatch(/unfinished/);
    expect(formatWords(answer('7', 'invalid'))).toMatch(/not the JSON/);
    expect(formatWords(answer('', 'unfinished', { state: 'failed' }))).toBeNull();
  });

  it('is code while it is written, and plain words if it turns out to be none', () => {
    const writing = storedLine({ ...answer('{"a":', null), state: 'streaming' });
    expect(writing.doc.split.tail[0]).toMatchObject({ kind: 'code', lang: 'json', text: '{"a":' });
    const plain = withDoc({ ...writing, message: { ...answer('Not in your notes.', null), format: null } });
    expect(plain.doc.text).toBe('Not in your notes.');
  });
});
