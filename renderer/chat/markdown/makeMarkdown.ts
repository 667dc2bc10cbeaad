import { type Block, makeBlock } from './block.ts';
import { isHostile, withoutHeaps } from './limits.ts';

/** Makes a block of Markdown, or of plain text where it is built to be slow. `number`: the first item's, in a list that goes on. */
export function makeMarkdown(
  source: string,
  start: number,
  end: number,
  number: number | null = null,
): Block {
  let text = withoutHeaps(source.slice(start, end));
  if (number !== null) text = text.replace(/^( {0,3})\d{1,9}/, `$1${number}`);
  // A footnote without its partner in the same block would vanish; show it as it is written.
  if (/^ {0,3}\[\^/.test(text)) text = text.replace(/^( {0,3})\[\^/gm, '$1\\[^');
  return makeBlock(isHostile(text) ? 'plain' : 'markdown', source, start, end, { text });
}
