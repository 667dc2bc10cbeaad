import { Component, memo, type ReactNode, useDeferredValue, useState } from 'react';
import type { Block } from './block.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { chunkLines } from './chunkLines.ts';
import { takeFromFrame } from './frameBudget.ts';
import { Markdown } from './Markdown.tsx';

interface BlockViewProps {
  readonly block: Block;
  /** Link definitions from elsewhere in the answer that the block needs. */
  readonly definitions: string;
  readonly whole: (start: number) => string;
}

/** One block of an answer; rendered again only if its own text changed. */
export const BlockView = memo(
  function BlockView({ block, definitions, whole }: BlockViewProps) {
    // Blocks beyond what one frame can take are shown plain first, and formatted by React when there is time.
    const [inTime] = useState(() => takeFromFrame(block.text.length));
    const formatted = useDeferredValue(true, inTime);
    return (
      <div className="block" data-joins={block.joins || undefined} dir="auto">
        <Boundary text={block.text} fallback={<Plain text={block.text} />}>
          {formatted ? (
            <Content block={block} definitions={definitions} whole={whole} />
          ) : (
            <Plain text={block.text} />
          )}
        </Boundary>
      </div>
    );
  },
  (a, b) =>
    a.definitions === b.definitions &&
    a.block.kind === b.block.kind &&
    a.block.text === b.block.text &&
    a.block.lang === b.block.lang &&
    a.block.joins === b.block.joins &&
    a.block.open === b.block.open,
);

function Content({ block, definitions, whole }: BlockViewProps) {
  switch (block.kind) {
    case 'code':
      return (
        <CodeBlock
          text={block.text}
          lang={block.lang}
          open={block.open}
          joins={block.joins}
          whole={() => whole(block.start)}
        />
      );
    case 'plain':
      return <Plain text={block.text} />;
    case 'markdown':
      return <Markdown text={definitions + block.text} />;
  }
}

function Plain({ text }: { readonly text: string }) {
  return (
    <div className="md-plain">
      {chunkLines(text).map((chunk) => (
        <PlainChunk key={chunk.at} text={chunk.text} />
      ))}
    </div>
  );
}
const PlainChunk = memo(({ text }: { readonly text: string }) => <span>{text}</span>);
PlainChunk.displayName = 'PlainChunk';

interface BoundaryProps {
  readonly text: string;
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

// React has no other way than a class to catch what rendering throws.
class Boundary extends Component<BoundaryProps, { readonly failed: string | null }> {
  override state = { failed: null };
  static getDerivedStateFromError() {
    return { failed: '' };
  }
  override componentDidUpdate(before: BoundaryProps) {
    if (this.state.failed !== null && before.text !== this.props.text) this.setState({ failed: null });
  }
  override render() {
    return this.state.failed === null ? this.props.children : this.props.fallback;
  }
}
