import type { Random } from './random.ts';
import type { Tokenizer } from './tokenizer.ts';

/** Embedding and output rows per token, null for zeros. */
export interface VocabularyRows {
  readonly input: readonly (Float32Array | null)[];
  readonly output: readonly (Float32Array | null)[];
}

/** The first places of a token's embedding are flags, which the output rows of other tokens answer to. */
const flag = { answering: 0, sentenceEnd: 1, turnStart: 2, thoughtEnd: 3, thinking: 4, pause: 5 } as const;
type Flag = keyof typeof flag;
const flagHeight = 8;
/** What is left of a flag behind the layers and the last norm. */
const flagSignal = 5.5;
/** How different the next words are in likelihood. */
const spread = 2.5;

/**
 * Makes a model speak words: only whole words and stops have output weights. Flags turn it into a small state
 * machine (words, then a full stop, then sometimes the end; a thinking one thinks first), all else is random.
 */
export function vocabularyRows(
  tokenizer: Tokenizer,
  length: number,
  random: Random,
  /** `opened`: the prompt begins the thought. `endless`: neither answers nor thoughts come to an end by themselves. */
  behaviour: { readonly thinks: boolean; readonly opened: boolean; readonly endless: boolean },
): VocabularyRows {
  const row = (deviation: number) => Float32Array.from({ length }, () => random.normal() * deviation);
  const input: (Float32Array | null)[] = tokenizer.tokens.map((token) =>
    token.startsWith('<unused_') ? null : row(1),
  );
  const output: (Float32Array | null)[] = tokenizer.tokens.map(() => null);

  for (const token of input) {
    for (const place of Object.values(flag)) if (token) token[place] = 0;
  }
  const raise = (id: number, name: Flag) => {
    const target = input[id];
    if (target) target[flag[name]] = flagHeight;
  };
  /** Gives a token about `logit` wherever the flag is up, and random likelihood beside it. */
  const answer = (id: number, name: Flag, logit: number, deviation = 0) => {
    let target = output[id];
    if (!target) {
      target = row(deviation / Math.sqrt(length));
      for (const place of Object.values(flag)) target[place] = 0;
      output[id] = target;
    }
    target[flag[name]] = logit / flagSignal;
  };

  const thoughtWords = behaviour.thinks ? Math.floor(tokenizer.wordIds.length / 3) : 0;
  tokenizer.wordIds.forEach((id, index) => {
    const mode: Flag = index < thoughtWords ? 'thinking' : 'answering';
    raise(id, mode);
    answer(id, mode, 8, spread);
    if (mode === 'answering') answer(id, 'pause', 8);
  });
  speakSentences();
  if (behaviour.thinks) think();
  else raise(tokenizer.id('Ċ'), 'answering');
  return { input, output };

  function speakSentences(): void {
    const stop = tokenizer.id('.');
    const comma = tokenizer.id(',');
    for (const id of [stop, comma]) raise(id, 'pause');
    raise(stop, 'sentenceEnd');
    answer(stop, 'answering', 12.5);
    answer(comma, 'answering', 11.5);
    if (!behaviour.endless) answer(tokenizer.id('<|im_end|>'), 'sentenceEnd', 13.5);
  }

  function think(): void {
    const open = tokenizer.id('<think>');
    const close = tokenizer.id('</think>');
    // A thought that the prompt began has a line end behind its mark, the answer an empty line before it.
    raise(tokenizer.id('Ċ'), behaviour.opened ? 'thinking' : 'turnStart');
    if (behaviour.opened) raise(tokenizer.id('ĊĊ'), 'answering');
    answer(open, 'turnStart', 24);
    raise(open, 'thinking');
    if (!behaviour.endless) answer(tokenizer.id(';'), 'thinking', 12.5);
    raise(tokenizer.id(';'), 'thoughtEnd');
    answer(close, 'thoughtEnd', 24);
    raise(close, 'answering');
  }
}
