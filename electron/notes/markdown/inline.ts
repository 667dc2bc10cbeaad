/** A link of a note to another; offsets in UTF-16 units, `line` counts from 1. */
export interface Link {
  readonly kind: 'wiki' | 'markdown';
  /** The whole link. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** What it leads to, as it is written: without heading and shown words, escapes still in place. */
  readonly target: string;
  readonly targetStart: number;
}

/** Links and tags of a stretch of text. */
export interface Inline {
  readonly links: Link[];
  readonly tags: string[];
}

/** Characters of the longest link target that is read. */
const longestTarget = 500;
const tag = /[\p{L}\p{N}\p{M}_\-/\p{Emoji_Presentation}]{1,100}/uy;
const marks = /[[\]#`\\\n\r]/g;

/** Reads links and tags from a block that is not code, in one pass; what stands in code marks is left alone. */
export function readInline(text: string, from: number, to: number, firstLine: number): Inline {
  const found: Inline = { links: [], tags: [] };
  const nextClose = forward(text, ']]', to);
  const nextTick = ticks(text, to);
  let line = firstLine;
  let bracket = -1;
  marks.lastIndex = from;
  for (let match = marks.exec(text); match && match.index < to; match = marks.exec(text)) {
    const at = match.index;
    switch (match[0]) {
      case '\n':
      case '\r':
        // A pair of both counts once.
        if (match[0] === '\n' || text[at + 1] !== '\n') line++;
        bracket = -1;
        break;
      case '\\':
        marks.lastIndex = Math.min(to, at + (/[\n\r]/.test(text[at + 1] ?? '') ? 1 : 2));
        break;
      case '`': {
        const { inside, after } = nextTick(at);
        for (const char of text.slice(at, inside)) if (char === '\n') line++;
        marks.lastIndex = after;
        break;
      }
      case '[': {
        const wiki = text[at + 1] === '[' ? wikiLink(text, at, nextClose(at + 2), line) : null;
        if (!wiki) {
          bracket = at;
          break;
        }
        found.links.push(wiki);
        if (text[at - 1] === '#') found.tags.push(wiki.target);
        marks.lastIndex = wiki.end;
        break;
      }
      case ']': {
        const link =
          bracket >= 0 && text[at + 1] === '(' ? markdownLink(text, bracket, at + 2, to, line) : null;
        bracket = -1;
        if (!link) break;
        if (isLocal(link.target)) found.links.push(link);
        marks.lastIndex = link.end;
        break;
      }
      default: {
        const read = /[\s([{,;:"'“‘>]/.test(at === from ? ' ' : (text[at - 1] as string))
          ? readTag(text, at, to)
          : null;
        if (!read) break;
        found.tags.push(read);
        marks.lastIndex = at + 1 + read.length;
      }
    }
  }
  return found;
}

function wikiLink(text: string, start: number, close: number, line: number): Link | null {
  if (close === -1 || close - start > longestTarget * 2) return null;
  const inner = text.slice(start + 2, close);
  if (/[[\n\r]/.test(inner)) return null;
  const target = (/^[^#|^]*/.exec(inner)?.[0] ?? '').replace(/\\$/, '');
  const lead = target.length - target.trimStart().length;
  const trimmed = target.trim();
  if (trimmed.length > longestTarget) return null;
  return { kind: 'wiki', start, end: close + 2, line, target: trimmed, targetStart: start + 2 + lead };
}

function markdownLink(text: string, start: number, open: number, to: number, line: number): Link | null {
  const part = text.slice(open, Math.min(to, open + longestTarget));
  const match =
    /^\s*(?:<([^<>\n\r]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))(?:\s+(?:"[^"\n]*"|'[^'\n]*'))?\s*\)/.exec(
      part,
    );
  if (!match) return null;
  const whole = match[1] ?? match[2] ?? '';
  const target = /^[^#]*/.exec(whole)?.[0] ?? '';
  const targetStart = open + match[0].indexOf(whole);
  return { kind: 'markdown', start, end: open + match[0].length, line, target, targetStart };
}

const isLocal = (target: string) => target !== '' && !/^([a-z][a-z0-9+.-]*:|\/\/|\/)/i.test(target);

function readTag(text: string, at: number, to: number): string | null {
  tag.lastIndex = at + 1;
  const read = tag
    .exec(text)?.[0]
    ?.slice(0, to - at - 1)
    .replace(/[/-]+$/, '');
  return read && /[^\p{N}/_-]/u.test(read) ? read : null;
}

/** Finds the next place of a word at or behind a position; the text is passed once in all. */
function forward(text: string, word: string, to: number): (at: number) => number {
  let known = -2;
  return (at) => {
    if (known === -1 || known >= at) return known;
    const found = text.indexOf(word, at);
    known = found === -1 || found >= to ? -1 : found;
    return known;
  };
}

/** Finds where a run of back ticks closes: `inside` is the end of what it holds, `after` behind the closing run. */
function ticks(text: string, to: number): (at: number) => { inside: number; after: number } {
  let runs: Map<number, number[]> | undefined;
  const read = (from: number) => {
    const all = new Map<number, number[]>();
    const part = text.slice(from, to);
    for (const { 0: run, index } of part.matchAll(/`+/g)) {
      const places = all.get(run.length) ?? [];
      places.push(from + index);
      all.set(run.length, places);
    }
    // The last place first, so that those behind us are taken off the end.
    for (const places of all.values()) places.reverse();
    return all;
  };
  return (at) => {
    runs ??= read(at);
    let length = 1;
    while (at + length < to && text[at + length] === '`') length++;
    const places = runs.get(length) ?? [];
    while ((places.at(-1) ?? to) <= at) places.pop();
    const close = places.at(-1);
    return close === undefined
      ? { inside: at, after: at + length }
      : { inside: close, after: close + length };
  };
}
