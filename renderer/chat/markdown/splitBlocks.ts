import { type Block, type Mode, startMode } from './block.ts';
import { definitionsLimit, mostBlocks, mostDefinitions } from './limits.ts';
import { definitionLabel } from './lineKinds.ts';
import { nextBlock } from './nextBlock.ts';

/** A text split into top-level blocks; `done` blocks never change again, `tail` is what still grows. */
export interface Split {
  readonly done: readonly Block[];
  readonly tail: readonly Block[];
  /** Link reference definitions by lower-case label, as written. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Where the tail starts, and inside of what. */
  readonly at: number;
  readonly mode: Mode;
}

export const emptySplit: Split = { done: [], tail: [], definitions: new Map(), at: 0, mode: startMode };

/**
 * Splits a text, going on from an earlier split of its beginning: only the tail is read again. `final` closes
 * the tail. The text may only have grown since.
 */
export function splitBlocks(text: string, before: Split = emptySplit, final = true): Split {
  const done: Block[] = [];
  const tail: Block[] = [];
  let { at, mode } = before;
  let resume = { at, mode };
  for (let found = nextBlock(text, at, mode); found; found = nextBlock(text, at, mode)) {
    at = found.block.end;
    mode = before.done.length + done.length + 1 < mostBlocks ? found.next : { kind: 'rest' };
    if (tail.length > 0 || !(found.certain || final)) {
      tail.push(found.block);
      continue;
    }
    done.push(found.block);
    resume = { at, mode };
  }
  return {
    done: done.length > 0 ? [...before.done, ...done] : before.done,
    tail,
    definitions: withDefinitions(before.definitions, done),
    ...resume,
  };
}

function withDefinitions(
  known: ReadonlyMap<string, string>,
  blocks: readonly Block[],
): ReadonlyMap<string, string> {
  let found: Map<string, string> | undefined;
  for (const block of blocks) {
    if (block.kind !== 'markdown' || !/^ {0,3}\[/.test(block.text)) continue;
    for (const line of block.text.split('\n')) {
      const label = definitionLabel(line)?.toLowerCase();
      if (label === undefined || label.startsWith('^') || known.has(label)) continue;
      found ??= new Map(known);
      if (!found.has(label)) found.set(label, line);
    }
  }
  return found ?? known;
}

/**
 * The definitions that a block refers to, as lines to put before it; empty for almost all. There are only so many:
 * further labels stay as they are written.
 */
export function definitionsFor(text: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0 || !text.includes('[')) return '';
  // The block's own labels are looked up: an answer may define thousands that it does not mention.
  const labels = text.toLowerCase().matchAll(/\[((?:[^[\]\\]|\\.){1,200})\]/g);
  const used = new Set<string>();
  let size = 0;
  for (const [, label = ''] of labels) {
    const line = definitions.get(label);
    if (line === undefined || used.has(line)) continue;
    size += line.length;
    if (used.size === mostDefinitions || size > definitionsLimit) break;
    used.add(line);
  }
  return used.size > 0 ? `${[...used].join('\n')}\n\n` : '';
}
