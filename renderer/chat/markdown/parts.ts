import type { Block } from './block.ts';
import { partLimit } from './limits.ts';
import { emptySplit, type Split, splitBlocks } from './splitBlocks.ts';

/** An answer's text, ready to render: rows of blocks of bounded size, so that no answer is too long for the list. */
export interface Doc {
  readonly text: string;
  readonly split: Split;
  /** Rows of finished blocks; all but the last keep their identity. */
  readonly parts: readonly (readonly Block[])[];
  readonly final: boolean;
}

export const emptyDoc: Doc = { text: '', split: emptySplit, parts: [[]], final: false };

/** Brings a document up to a longer text at the cost of its tail; a text that does not go on from it is read anew. */
export function advanceDoc(doc: Doc, text: string, final: boolean): Doc {
  if (text === doc.text && final === doc.final) return doc;
  // Comparing lengths, not bytes: within one answer text only grows, and this runs for every update.
  const from = doc.final || text.length < doc.text.length ? emptyDoc : doc;
  const split = splitBlocks(text, from.split, final);
  return { text, split, parts: group(from.parts, split.done.slice(from.split.done.length)), final };
}

function group(parts: readonly (readonly Block[])[], added: readonly Block[]): readonly (readonly Block[])[] {
  if (added.length === 0) return parts;
  const rows = [...parts];
  let open = [...(rows.pop() ?? [])];
  let size = open.reduce((sum, block) => sum + block.text.length, 0);
  for (const block of added) {
    if (open.length > 0 && size + block.text.length > partLimit) {
      rows.push(open);
      open = [];
      size = 0;
    }
    open.push(block);
    size += block.text.length;
  }
  rows.push(open);
  return rows;
}
