/** Turns tokens into text one by one without ever splitting a character. */
export interface Detokenizer {
  push(token: number): string;
  /** What is left at the end: an unfinished character, shown as the replacement character. */
  end(): string;
}

const unfinished = '\ufffd';
/** Tokens kept as the left neighbours of the next ones: some tokenizers decide about spaces by them. */
const neighbours = 3;
/** No real text keeps characters unfinished over so many tokens; without a limit a hostile model could make it slow. */
const maxWaiting = 64;

/**
 * Makes a {@link Detokenizer} over a tokenizer that shows unfinished bytes as U+FFFD. Its work per token is constant:
 * it never looks at the whole answer again.
 */
export function createDetokenizer(
  detokenize: (tokens: readonly number[], before: readonly number[]) => string,
  /** The tokens before the first one, where the text goes on with theirs. */
  preceding: readonly number[] = [],
): Detokenizer {
  let before = preceding.slice(-neighbours);
  let waiting: number[] = [];
  /** Characters of `waiting`'s text that were given out already. */
  let given = 0;

  const settle = () => {
    before = [...before, ...waiting].slice(-neighbours);
    waiting = [];
    given = 0;
  };

  return {
    push(token) {
      waiting.push(token);
      const text = detokenize(waiting, before);
      const complete = !text.endsWith(unfinished) || waiting.length >= maxWaiting;
      const end = complete ? text.length : text.length - unfinished.length;
      const fresh = text.slice(given, end);
      if (complete) settle();
      else given = Math.max(given, end);
      return fresh;
    },
    end() {
      const text = waiting.length > 0 ? detokenize(waiting, before).slice(given) : '';
      settle();
      return text;
    },
  };
}
