import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import type { Block } from './block.ts';

/** What is used of the tree that the Markdown parser makes. */
interface Node {
  readonly type: string;
  readonly tagName?: string;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly Node[];
}

const gaps = { false: '\n\n', below: '\n', space: ' ', letter: '' } as const;

/** The words of an answer without the signs of Markdown: lists keep their numbers, tables have tabs. */
export function plainText(blocks: readonly Block[]): string {
  let text = '';
  for (const block of blocks) {
    const words = block.kind === 'markdown' ? wordsOf(block.text) : block.text.replace(/\n$/, '');
    text += text === '' ? words : `${gaps[`${block.joins}`]}${words}`;
  }
  return text.trim();
}

function wordsOf(markdown: string): string {
  let tree: Node = { type: 'root' };
  const take = () => (root: Node) => {
    tree = root;
  };
  try {
    ReactMarkdown({ children: markdown, remarkPlugins: [remarkGfm], rehypePlugins: [take] });
  } catch {
    // Nested beyond what the parser can take: as it is written.
    return markdown;
  }
  return write(tree).trim();
}

const isBlock = (node: Node) =>
  /^(p|h[1-6]|ul|ol|li|pre|blockquote|table|thead|tbody|tr|hr|section)$/.test(node.tagName ?? '');
const childrenOf = ({ children = [] }: Node) => children.filter(({ type }) => type !== 'comment');

function write(node: Node): string {
  if (node.type === 'text') return node.value ?? '';
  switch (node.tagName) {
    // A line end follows it.
    case 'br':
      return '';
    case 'img':
      return String(node.properties?.['alt'] ?? '');
    case 'input':
      return node.properties?.['checked'] === true ? '[x]' : '[ ]';
    case 'pre':
      return inLine(node).replace(/\n$/, '');
    case 'ul':
    case 'ol':
      return list(node);
    case 'table':
      return rowsOf(node)
        .map((row) => childrenOf(row).filter(isElement).map(inLine).join('\t'))
        .join('\n');
    default:
      return childrenOf(node).some(isBlock) ? stacked(node, '\n\n') : inLine(node);
  }
}

const isElement = ({ type }: Node) => type === 'element';
const inLine = (node: Node): string => childrenOf(node).map(write).join('');
const rowsOf = (node: Node): Node[] =>
  node.tagName === 'tr' ? [node] : childrenOf(node).filter(isElement).flatMap(rowsOf);

/** Blocks with a gap between them; what stands in a line with others is one of them. */
function stacked(node: Node, gap: string): string {
  const parts: string[] = [];
  let open = '';
  for (const child of childrenOf(node)) {
    if (!isBlock(child)) {
      open += write(child);
      continue;
    }
    parts.push(open, write(child));
    open = '';
  }
  return [...parts, open]
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .filter((part) => part.trim() !== '')
    .join(gap);
}

function list(node: Node): string {
  const first = Number(node.properties?.['start'] ?? 1);
  return childrenOf(node)
    .filter(isElement)
    .map((item, index) => {
      const mark = node.tagName === 'ol' ? `${first + index}. ` : '- ';
      return mark + stacked(item, '\n').replaceAll('\n', `\n${' '.repeat(mark.length)}`);
    })
    .join('\n');
}
