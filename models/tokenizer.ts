/** A byte-level BPE vocabulary as GGUF stores it; `types` are llama.cpp's token types. */
export interface Tokenizer {
  readonly tokens: readonly string[];
  readonly types: readonly number[];
  readonly merges: readonly string[];
  /** Ids of the tokens that are a space and one whole word, in the order of the words. */
  readonly wordIds: readonly number[];
  id(token: string): number;
}

const tokenType = { normal: 1, control: 3, userDefined: 4, unused: 5 } as const;
/** Tokens of the ChatML turn markers (control) and of thinking (visible, as current thinking models have them). */
export const specialTokens = {
  '<|endoftext|>': tokenType.control,
  '<|im_start|>': tokenType.control,
  '<|im_end|>': tokenType.control,
  '<think>': tokenType.userDefined,
  '</think>': tokenType.userDefined,
} as const;

/**
 * Makes a tokenizer with the 256 byte tokens, a merge chain for every word with and without a space before it, the
 * special tokens, and as many unused tokens as it takes to reach `size`. `blankLine`: an empty line is a token, too.
 */
export function buildTokenizer(words: readonly string[], size = 0, blankLine = false): Tokenizer {
  const tokens = [...byteAlphabet()];
  const ids = new Map(tokens.map((token, index) => [token, index]));
  const merges: string[] = [];
  const add = (token: string) => {
    if (ids.has(token)) return;
    ids.set(token, tokens.length);
    tokens.push(token);
  };
  const addChain = (word: string) => {
    for (let end = 2; end <= word.length; end++) {
      const merged = word.slice(0, end);
      if (ids.has(merged)) continue;
      add(merged);
      merges.push(`${word.slice(0, end - 1)} ${word.slice(end - 1, end)}`);
    }
  };
  // Words after a space come first: a merge's rank is its place, and text is mostly words after a space.
  for (const word of words) addChain(`Ġ${word}`);
  for (const word of words) addChain(word);
  if (blankLine) {
    add('ĊĊ');
    merges.push('Ċ Ċ');
  }
  const types: number[] = tokens.map(() => tokenType.normal);
  for (const [token, type] of Object.entries(specialTokens)) {
    add(token);
    types.push(type);
  }
  while (tokens.length < size) {
    add(`<unused_${tokens.length}>`);
    types.push(tokenType.unused);
  }
  const id = (token: string) => {
    const found = ids.get(token);
    if (found === undefined) throw new Error(`no token ${JSON.stringify(token)}`);
    return found;
  };
  return { tokens, types, merges, wordIds: words.map((word) => id(`Ġ${word}`)), id };
}

/** The 256 printable stand-ins that byte-level BPE uses for bytes; a space is `Ġ`, a line end `Ċ`. */
function byteAlphabet(): string[] {
  const printable = (byte: number) =>
    (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174 && byte <= 255);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}
