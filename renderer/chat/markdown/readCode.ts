import { type Block, type Found, makeBlock, startMode } from './block.ts';
import { codeLimit, withoutHeaps } from './limits.ts';
import { closesFence, type Fence, lineAt, openingFence } from './lineKinds.ts';

/** Reads code from `from` to the fence that closes it, or to the size of one piece. `joins`: it goes on from a piece before. */
export function readCode(source: string, start: number, from: number, fence: Fence, joins: boolean): Found {
  let at = from;
  const make = (end: number, next: number, open: boolean): Block =>
    makeBlock('code', source, start, next, {
      text: withoutHeaps(unindent(source.slice(from, end), fence.indent)),
      lang: fence.lang,
      joins: joins && 'below',
      open,
    });
  while (at < source.length) {
    const line = lineAt(source, at);
    if (closesFence(line.text, fence)) {
      return { block: make(at, line.next, false), next: startMode, certain: line.complete };
    }
    if (line.next - from > codeLimit) {
      // A line longer than a whole piece is cut where it is; others stay in one.
      const cut = at > from ? at : Math.min(line.next, from + codeLimit);
      return { block: make(cut, cut, true), next: { kind: 'code', fence }, certain: cut < source.length };
    }
    at = line.next;
  }
  return { block: make(source.length, source.length, true), next: { kind: 'code', fence }, certain: false };
}

/** The whole code of the fence that opens at `start`, however many pieces it is shown in. */
export function codeAt(source: string, start: number): string {
  const opening = lineAt(source, start);
  const fence = openingFence(opening.text);
  if (!fence) return '';
  let at = opening.next;
  while (at < source.length) {
    const line = lineAt(source, at);
    if (closesFence(line.text, fence)) break;
    at = line.next;
  }
  return unindent(source.slice(opening.next, at), fence.indent);
}

function unindent(text: string, columns: number): string {
  const body = text.replace(/\r\n/g, '\n').replace(/\n$/, '');
  return columns === 0 ? body : body.replace(new RegExp(`^ {1,${columns}}`, 'gm'), '');
}
