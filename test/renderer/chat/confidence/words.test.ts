import { describe, expect, it } from 'vitest';
import type { ScoredToken } from '../../../../electron/contract/confidence.ts';
import { percent, surenessOf, toWords } from '../../../../renderer/chat/confidence/words.ts';

const token = (text: string, probability = 0.9, others: ScoredToken['others'] = []): ScoredToken => ({
  text,
  probability,
  others,
});
const joined = (words: ReturnType<typeof toWords>) => words.map(({ space, text }) => space + text).join('');

describe('words of scored tokens', () => {
  it('are made of the tokens between two spaces, and nothing of the text is lost', () => {
    const tokens = ['The', ' un', 'like', 'ly', ' river', '.', '\n\n', '-', ' one', ' \n'].map((text) =>
      token(text),
    );
    const words = toWords(tokens);
    expect(words.map(({ text }) => text)).toEqual(['The', 'unlikely', 'river.', '-', 'one', '']);
    expect(joined(words)).toBe('The unlikely river.\n\n- one \n');
  });

  it('are single signs where a script has no spaces', () => {
    expect(toWords([token('河'), token('は'), token('長い')]).map(({ text }) => text)).toEqual([
      '河',
      'は',
      '長い',
    ]);
  });

  it('are as sure as their least sure token, and offer what could have stood there', () => {
    const others = [
      { text: 'able', probability: 0.5 },
      { text: ' der', probability: 0.1 },
      { text: '', probability: 0.05 },
    ];
    const [, word] = toWords([
      token('It'),
      token(' un', 0.7),
      token('likely', 0.2, others),
      token('!', 0.95),
    ]);
    expect(word).toMatchObject({ text: 'unlikely!', probability: 0.2 });
    expect(word?.others).toEqual([
      { label: 'unable', probability: 0.5, begin: 'It unable' },
      { label: 'un der', probability: 0.1, begin: 'It un der' },
      { label: '', probability: 0.05, begin: null },
    ]);
  });

  it('show white space that could have stood there', () => {
    const [word] = toWords([token('Hello', 0.5, [{ text: '\n ', probability: 0.2 }])]);
    expect(word?.others[0]).toMatchObject({ label: '⏎␣', begin: '\n ' });
  });

  it('are told apart in four steps, in words that do not hide small shares', () => {
    expect([0.9, 0.8, 0.6, 0.3, 0.1, 0].map(surenessOf)).toEqual([
      'sure',
      'sure',
      'likely',
      'open',
      'unlikely',
      'unlikely',
    ]);
    expect([1, 0.994, 0.42, 0.004, 0.0001].map(percent)).toEqual([
      '100%',
      '99%',
      '42%',
      '0.4%',
      'under 0.1%',
    ]);
  });
});
