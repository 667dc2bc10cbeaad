import { describe, expect, it } from 'vitest';
import { createDetokenizer } from '../../electron/engine/detokenizer.ts';

/** A tokenizer whose tokens are single bytes, the hardest case. */
const decode = (tokens: readonly number[]) => Buffer.from(tokens).toString('utf8');

function run(bytes: readonly number[]) {
  const detokenizer = createDetokenizer(decode);
  const pieces = bytes.map((byte) => detokenizer.push(byte));
  return { pieces, text: pieces.join('') + detokenizer.end() };
}

describe('the detokenizer', () => {
  const texts = ['plain', 'naïve café', 'Привет мир', '日本語のテキスト', '😀👨‍👩‍👧 done', '𝔘𝔫𝔦\n\ttab'];
  for (const text of texts) {
    it(`never splits a character of ${JSON.stringify(text)}`, () => {
      const { pieces, text: whole } = run([...Buffer.from(text)]);
      expect(whole).toBe(text);
      for (const piece of pieces) expect(piece).not.toContain('\ufffd');
    });
  }

  it('shows a byte that is no character once, and goes on', () => {
    expect(run([0x61, 0x80, 0x62, 0xf0, 0x9f, 0x63]).text).toBe('a\ufffdb\ufffdc');
  });
  it('shows a character cut off by the end as one replacement', () => {
    expect(run([0x61, 0xe2, 0x82]).text).toBe('a\ufffd');
  });
  it('joins characters over tokens that end in the middle of the next one', () => {
    const bytes = Buffer.from('€€€€');
    const cuts = [2, 4, 5, 8, 11, 12];
    const tokens = cuts.map((end, index) => bytes.subarray(cuts[index - 1] ?? 0, end));
    const detokenizer = createDetokenizer((ids) =>
      Buffer.concat(ids.map((id) => tokens[id] ?? Buffer.alloc(0))).toString('utf8'),
    );
    const text = tokens.map((_, id) => detokenizer.push(id)).join('') + detokenizer.end();
    expect(text).toBe('€€€€');
  });
  it('never looks at more than a handful of tokens', () => {
    let most = 0;
    const detokenizer = createDetokenizer((tokens, before) => {
      most = Math.max(most, tokens.length + before.length);
      return decode(tokens);
    });
    for (let index = 0; index < 10_000; index++) detokenizer.push(0x61 + (index % 26));
    expect(most).toBeLessThan(10);
  });
  it('does not wait for ever for a character that never ends', () => {
    const { pieces } = run(Array.from({ length: 500 }, () => 0x80));
    expect(pieces.join('').length).toBeGreaterThan(400);
  });
});
