import { type Block, type Found, type Joins, type Mode, makeBlock, startMode } from './block.ts';
import { isRestless, lineLimit, restlessLimit, softLimit } from './limits.ts';
import { definitionLabel, interruptsParagraph, isBlank, isQuote, lineAt } from './lineKinds.ts';
import { makeMarkdown } from './makeMarkdown.ts';
import { tableHead } from './tableHead.ts';

/**
 * Reads paragraphs, quotes, simple HTML: everything that ends at a blank line. `joins` says how it goes on from a
 * piece before, `inLine` that it starts in the middle of a line.
 */
export function readParagraph(source: string, start: number, joins: Joins = false, inLine = false): Found {
  const quoted = isQuote(lineAt(source, start).text) && !inLine;
  const make = (end: number): Block => {
    const block = makeMarkdown(source, start, end);
    if (!joins) return block;
    return makeBlock(block.kind, source, start, end, {
      joins,
      text: quoted ? block.text : asWords(block.text),
    });
  };
  let at = start;
  for (let lines = 0; at < source.length; lines++) {
    const line = lineAt(source, at);
    if (isBlank(line.text)) return { block: make(at), next: startMode, certain: line.complete };
    if (at > start && !(quoted && isQuote(line.text)) && interruptsParagraph(line.text)) {
      return { block: make(at), next: startMode, certain: line.complete };
    }
    if (at > start && !quoted && tableHead(source, at)) {
      const rule = lineAt(source, line.next);
      return { block: make(at), next: startMode, certain: rule.complete };
    }
    if (line.next - start > softLimit || lines >= lineLimit) {
      if (at > start) return { block: make(at), next: goOn(source, at, quoted), certain: line.complete };
      if (line.text.length > softLimit) return cutLine(source, start, make);
    }
    at = line.next;
  }
  return { block: make(source.length), next: startMode, certain: false };
}

function goOn(source: string, at: number, quoted: boolean): Mode {
  if (quoted) return { kind: 'quote' };
  // A line that was broken on purpose stays so.
  const broken = /(?: {2}|\\)\r?\n$/.test(source.slice(at - 4, at));
  return { kind: 'paragraph', joins: broken ? 'below' : 'space', inLine: false };
}

// One very long line: cut after a sentence, else after a word, else anywhere.
function cutLine(source: string, start: number, make: (end: number) => Block): Found {
  const most = source.slice(start, start + softLimit);
  const piece = isRestless(most) ? most.slice(0, restlessLimit) : most;
  const length = sentenceEnd(piece) ?? wordEnd(piece) ?? letterEnd(piece);
  const joins = /\s$/.test(piece.slice(0, length)) ? 'space' : 'letter';
  return { block: make(start + length), next: { kind: 'paragraph', joins, inLine: true }, certain: true };
}

// The last sentence that ends outside of emphasis, code and brackets, which a cut would tear; else the last of all.
function sentenceEnd(piece: string): number | null {
  const ends = [...piece.matchAll(/[.?!:]["')\]]? (?=\S)/g)]
    .map((found) => found.index + found[0].length)
    .filter((end) => end > piece.length / 3);
  return ends.findLast((end) => isWhole(piece.slice(0, end))) ?? ends.at(-1) ?? null;
}

function isWhole(text: string): boolean {
  const count = (mark: RegExp) => text.match(mark)?.length ?? 0;
  return (
    count(/`/g) % 2 === 0 &&
    count(/\*/g) % 2 === 0 &&
    count(/_/g) % 2 === 0 &&
    count(/\[/g) === count(/\]/g) &&
    count(/\(/g) === count(/\)/g)
  );
}

function wordEnd(piece: string): number | null {
  const end = piece.lastIndexOf(' ') + 1;
  return end > piece.length / 2 ? end : null;
}

const mostBack = 40;
// What belongs to the character before it: combining marks, joiners, variants, the second half of a pair.
const belongs = /^(?:\p{M}|\u200d|\ufe0f|\p{Cs}|\p{Emoji_Modifier})/u;

function letterEnd(piece: string): number {
  for (let end = piece.length; end > piece.length - mostBack; end--) {
    const code = piece.charCodeAt(end - 1);
    const splitsPair = code >= 0xd800 && code < 0xdc00;
    if (!splitsPair && !belongs.test(piece.slice(end)) && piece[end - 1] !== '\u200d') return end;
  }
  return piece.length;
}

/** Keeps the beginning of words that go on in a new piece from becoming a heading, a list or a definition. */
export function asWords(text: string): string {
  const words = text.trimStart();
  if (definitionLabel(words) !== null) return `\\${words}`;
  const number = /^\d{1,9}(?=[.)](?:\s|$))/.exec(words)?.[0];
  if (number) return `${number}\\${words.slice(number.length)}`;
  return /^(?:#{1,6}(?:\s|$)|[-+*](?:\s|$)|>|={1,}\s*$|-{2,}\s*$|```|~~~|\||(?:[-_*]\s*){3,}$)/m.test(
    words.split('\n', 1)[0] ?? '',
  )
    ? `\\${words}`
    : words;
}
