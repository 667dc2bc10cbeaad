/** Lets text through as it streams, without citations of sources that were never given. */
export interface CitationFilter {
  push(text: string): string;
  /** What was held back at the end. */
  end(): string;
}

/** The longest citation that is waited for: `[12, 13, 14]` and the like. */
const longest = 40;
const beginning = /^\[[\d,;\s]*$/;
const citation = /^\[(\d+(?:\s*[,;]\s*\d+)*)\]/;

/**
 * Makes a {@link CitationFilter} for the sources with these numbers: of `[2][7]` with five sources only `[2]` stays. Code is left
 * alone, since `a[7]` is no citation there.
 */
export function createCitationFilter(numbers: ReadonlySet<number>): CitationFilter {
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
          for (const number of named.filter((one) => numbers.has(one))) out = cite(out, number);
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
    }
    return out;
  };

  return {
    push: (text) => read(text, false),
    end: () => read('', true),
  };
}
