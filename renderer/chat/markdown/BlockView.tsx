import { Component, memo, type ReactNode } from 'react';
import { type Block, sameBlock } from './block.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { LongText } from './LongText.tsx';
import { ColumnWidths } from './Table.tsx';
import { useFormatted } from './useFormatted.ts';

interface BlockViewProps {
  readonly block: Block;
  /** Link definitions from elsewhere in the answer that the block needs. */
  readonly definitions: string;
  readonly whole: (start: number) => string;
}

/** One block of an answer; rendered again only if its own text changed. */
export const BlockView = memo(
  function BlockView({ block, definitions, whole }: BlockViewProps) {
    const plain = <Plain text={block.text} />;
    return (
      <Boundary text={block.text} fallback={plain}>
        {block.kind === 'code' ? (
          <CodeBlock
            text={block.text}
            lang={block.lang}
            open={block.open}
            joins={block.joins !== false}
            whole={() => whole(block.start)}
          />
        ) : block.kind === 'plain' ? (
          plain
        ) : (
          <ColumnWidths value={block.columns}>
            <Formatted text={definitions + block.text} plain={plain} />
          </ColumnWidths>
        )}
      </Boundary>
    );
  },
  (a, b) => a.definitions === b.definitions && sameBlock(a.block, b.block),
);

function Formatted({ text, plain }: { readonly text: string; readonly plain: ReactNode }) {
  return useFormatted(text) ?? plain;
}

const Plain = ({ text }: { readonly text: string }) => (
  <div className="md-plain">
    <LongText text={text} />
  </div>
);

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
