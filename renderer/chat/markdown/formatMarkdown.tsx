import { isValidElement, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { Citation } from '../sources/Citation.tsx';
import { citedNumber } from '../sources/citations.ts';
import { CodeBlock } from './CodeBlock.tsx';
import { Link } from './Link.tsx';
import { safeUrl } from './safeUrl.ts';
import { Table } from './Table.tsx';

const plugins = [remarkGfm];

/**
 * Makes one block of Markdown into elements: no raw HTML, no images, links only to where a person may go. A plain
 * function, not a component, so that the work is done when there is time for it. Throws where a parser's stack ends.
 */
export function formatMarkdown(text: string): ReactNode {
  return ReactMarkdown({ children: text, remarkPlugins: plugins, components, urlTransform: safeUrl });
}

// Headings of an answer lie below the title of the chat.
const components: Components = {
  h1: ({ children }) => <h2 className="md-h1">{children}</h2>,
  h2: ({ children }) => <h2 className="md-h2">{children}</h2>,
  h3: ({ children }) => <h3 className="md-h3">{children}</h3>,
  h4: ({ children }) => <h4 className="md-h3">{children}</h4>,
  h5: ({ children }) => <h5 className="md-h3">{children}</h5>,
  h6: ({ children }) => <h6 className="md-h3">{children}</h6>,
  a({ href, children }) {
    const cited = citedNumber(href ?? '');
    if (cited !== null) return <Citation number={cited} />;
    return href ? <Link url={href}>{children}</Link> : <span>{children}</span>;
  },
  img: ({ alt, src }) => <ImageText alt={alt ?? ''} address={typeof src === 'string' ? src : ''} />,
  input: ({ checked }) => (
    <input
      type="checkbox"
      checked={checked === true}
      readOnly
      disabled
      aria-label={checked ? 'done' : 'not done'}
    />
  ),
  table: ({ children }) => <Table>{children}</Table>,
  pre: ({ children }) => <CodeBlock {...codeOf(children)} />,
};

// A picture would be fetched from somewhere; its words and its address are shown instead.
function ImageText({ alt, address }: { readonly alt: string; readonly address: string }) {
  return (
    <span className="md-image">
      [Image: {alt || 'without a description'}
      {address && ` (${address})`}]
    </span>
  );
}

function codeOf(children: ReactNode): { readonly text: string; readonly lang: string } {
  if (!isValidElement<{ className?: string; children?: ReactNode }>(children)) return { text: '', lang: '' };
  const { className, children: text } = children.props;
  return {
    text: typeof text === 'string' ? text.replace(/\n$/, '') : '',
    lang: /language-(\S+)/.exec(className ?? '')?.[1] ?? '',
  };
}
