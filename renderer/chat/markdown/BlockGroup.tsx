import { BlockView } from './BlockView.tsx';
import type { Block } from './block.ts';
import { definitionsFor } from './splitBlocks.ts';

/** A block of its own, or the pieces of one long paragraph, which read as one. */
export function BlockGroup(props: {
  readonly blocks: readonly Block[];
  /** The next block goes on from this one, without a gap. */
  readonly goesOn: boolean;
  readonly definitions: ReadonlyMap<string, string>;
  readonly whole: (start: number) => string;
}) {
  const { blocks, goesOn, definitions, whole } = props;
  const flows = blocks.length > 1;
  return (
    <div
      className="block"
      data-joins={blocks[0]?.joins || undefined}
      data-goes-on={goesOn || undefined}
      dir="auto"
    >
      {blocks.map((block) => (
        <div key={block.start} className="piece" data-flows={flows || undefined}>
          {flows && block.joins === 'space' && ' '}
          <BlockView block={block} definitions={definitionsFor(block.text, definitions)} whole={whole} />
        </div>
      ))}
    </div>
  );
}

/** Puts the pieces of one paragraph together. */
export function groupBlocks(blocks: readonly Block[]): readonly (readonly [Block, ...Block[]])[] {
  const groups: [Block, ...Block[]][] = [];
  for (const block of blocks) {
    const group = groups.at(-1);
    if (group && (block.joins === 'space' || block.joins === 'letter')) group.push(block);
    else groups.push([block]);
  }
  return groups;
}
