import { type Block, type Found, type Joins, makeBlock, startMode } from './block.ts';
import { hardLimit, withoutHeaps } from './limits.ts';
import { isBlank, lineAt } from './lineKinds.ts';

/** Reads text that is shown as it is written, up to a blank line or the size of one piece. */
export function readPlain(source: string, start: number, joins: Joins): Found {
  let at = start;
  while (at < source.length && at - start < hardLimit) {
    const line = lineAt(source, at);
    if (isBlank(line.text)) {
      return { block: plain(source, start, at, joins), next: startMode, certain: line.complete };
    }
    at = line.next;
  }
  const end = Math.min(at, start + hardLimit);
  return {
    block: plain(source, start, end, joins),
    next: { kind: 'plain' },
    certain: end < source.length,
  };
}

/** Cuts one piece off a text that is too long to be formatted; what follows it is plain, too, up to a blank line. */
export const cutPlain = (source: string, start: number, end: number): Found => ({
  block: plain(source, start, end, false),
  next: { kind: 'plain' },
  certain: true,
});

/** Reads what comes after the last block that an answer may have: pieces of plain text, whatever they hold. */
export function readRest(source: string, start: number): Found {
  const full = source.length - start > hardLimit;
  const line = full ? source.lastIndexOf('\n', start + hardLimit) + 1 : source.length;
  const end = line > start ? line : start + hardLimit;
  return { block: plain(source, start, end, 'below'), next: { kind: 'rest' }, certain: full };
}

const plain = (source: string, start: number, end: number, joins: Joins): Block =>
  makeBlock('plain', source, start, end, { joins, text: withoutHeaps(source.slice(start, end)) });
