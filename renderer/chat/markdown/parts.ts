import type { Block } from './block.ts';
import { flowLimit, isRestless, partLimit } from './limits.ts';
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
  let size = open.reduce((sum, block) => sum + costOf(block), 0);
  for (const block of added) {
    // The pieces of one paragraph read as one only within a row.
    const flows = block.joins === 'space' || block.joins === 'letter';
    const limit = flows ? flowLimit : partLimit;
    if (open.length > 0 && size + costOf(block) > limit) {
      rows.push(open);
      open = [];
      size = 0;
    }
    open.push(block);
    size += costOf(block);
  }
  rows.push(open);
  return rows;
}

const lineCost = 40;
const blockCost = 75;
const codeCost = 300;
const restlessCost = 3;

// What a block takes to lay out, in characters of prose: its lines and its frame cost, too.
function costOf(block: Block): number {
  const lines = block.text.split('\n').length;
  const size = isRestless(block.text) ? block.text.length * restlessCost : block.text.length;
  return Math.max(size, lines * lineCost, block.kind === 'code' ? codeCost : blockCost);
}
