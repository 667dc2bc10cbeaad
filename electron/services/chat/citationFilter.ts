/** Lets text through as it streams, without citations of sources that were never given. */
export interface CitationFilter {
  push(text: string): string;
  /** What was held back at the end. */
  end(): string;
}

/** What a citation can name. */
export interface CitedSource {
  readonly number: number;
  readonly text: string;
}

/** The longest citation that is waited for: `[12, 13, 14]` and the like. */
const longest = 40;
/** Characters of a quotation that are looked at, and that make it one. */
const longestQuote = 1500;
const leastQuote = 12;
const beginning = /^\[[\d,;\s]*$/;
const citation = /^\[(\d+(?:\s*[,;]\s*\d+)*)\]/;

/**
 * Makes a {@link CitationFilter} for these sources: of `[2][7]` with five sources only `[2]` stays. What was quoted word
 * for word from one source alone is cited from that one, whatever number the model wrote. Code is left alone, since
 * `a[7]` is no citation there.
 */
export function createCitationFilter(sources: readonly CitedSource[]): CitationFilter {
  const numbers = new Set(sources.map(({ number }) => number));
  const texts = sources.map(({ number, text }) => ({ number, text: plain(text) }));
  /** What was said since the last citation. */
  let said = '';
  let held = '';
  let fence = false;
  let inline = false;
  /** Backticks in a row just before. */
  let ticks = 0;
  /** The last thing said was a citation. */
  let cited = false;

  /** Markdown reads `[1][2]` as one link, so a space parts them. */
  const cite = (out: string, number: number): string => {
    const parted = cited ? ' ' : '';
    cited = true;
    return `${out}${parted}[${number}]`;
  };
  const quotedFrom = (named: readonly number[]): readonly number[] => {
    const quote = plain(said.slice(-longestQuote));
    if (named.length !== 1 || quote.length < leastQuote) return named;
    const holding = texts.filter(({ text }) => text.includes(quote)).map(({ number }) => number);
    return holding.length === 1 && named[0] !== holding[0] ? holding : named;
  };
  const note = (char: string) => {
    cited = false;
    if (char === '`') {
      ticks++;
      return;
    }
    if (ticks >= 3) fence = !fence;
    else if (ticks > 0 && !fence) inline = !inline;
    // An unclosed backtick ends with its paragraph.
    if (char === '\n') inline = false;
    ticks = 0;
  };

  const read = (text: string, last: boolean): string => {
    const all = held + text;
    held = '';
    let out = '';
    for (let at = 0; at < all.length; at++) {
      const char = all[at] as string;
      if (char === '[' && !fence && !inline && ticks === 0) {
        const rest = all.slice(at, at + longest);
        const found = citation.exec(rest);
        if (found) {
          const named = (found[1] ?? '').split(/[,;]/).map(Number);
          for (const number of quotedFrom(named.filter((one) => numbers.has(one)))) out = cite(out, number);
          said = '';
          at += found[0].length - 1;
          continue;
        }
        if (!last && at + rest.length === all.length && rest.length < longest && beginning.test(rest)) {
          held = rest;
          return out;
        }
      }
      note(char);
      out += char;
      said += char;
    }
    return out;
  };

  return {
    push: (text) => read(text, false),
    end: () => read('', true),
  };
}

/** Text as it is compared: words with single spaces, without marks of Markdown and the full stop at its end. */
const plain = (text: string): string =>
  text
    .replace(/[*_`>#]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^[ -]+|[ .]+$/g, '');
