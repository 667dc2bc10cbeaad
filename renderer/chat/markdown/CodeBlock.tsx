import { Check, Copy } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import { copyText } from '../../app/actions.ts';
import { useStores } from '../../app/stores.tsx';
import { IconButton } from '../../ui/Button.tsx';
import './CodeBlock.css';
import { chunkLines } from './chunkLines.ts';
import { useHighlighted } from './useHighlighted.ts';

/** Code as it is written, with its language and a copy button; coloured once it stands still. */
export const CodeBlock = memo(function CodeBlock(props: {
  readonly text: string;
  readonly lang: string;
  /** The fence is still open, so the code is still being written or goes on in the next piece. */
  readonly open?: boolean;
  readonly joins?: boolean;
  /** All of the code, where this is a piece of it. */
  readonly whole?: () => string;
}) {
  const { text, lang, open = false, joins = false } = props;
  const coloured = useHighlighted(text, lang, !open && !joins);
  const label = lang || 'text';
  return (
    <div className="code" data-joins={joins || undefined}>
      {!joins && (
        <div className="code-head">
          <span className="code-lang truncate">{label}</span>
          <CopyButton label="Copy code" text={props.whole ?? (() => text)} />
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: wide code is scrolled by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <pre tabIndex={0} aria-label={`Code, ${label}`} dir="ltr" role="group">
        <code>
          {coloured ?? chunkLines(text).map((chunk) => <CodeChunk key={chunk.at} text={chunk.text} />)}
        </code>
      </pre>
    </div>
  );
});

// Long code that is being written changes only in its last chunk.
const CodeChunk = memo(function CodeChunk({ text }: { readonly text: string }) {
  return <span className="code-chunk">{text}</span>;
});

/** Copies words, and shows for a moment that it did. */
export function CopyButton({ label, text }: { readonly label: string; readonly text: () => string }) {
  const stores = useStores();
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const copy = async () => {
    if (!(await copyText(stores, text()))) return;
    setCopied(true);
    stores.ui.getState().announce('Copied');
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setCopied(false), 1600);
  };
  return (
    <IconButton
      small
      icon={copied ? Check : Copy}
      label={copied ? 'Copied' : label}
      onClick={() => void copy()}
    />
  );
}
