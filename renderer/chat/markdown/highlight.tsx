import { common, createLowlight } from 'lowlight';
import type { ReactNode } from 'react';

const lowlight = createLowlight(common);
type Nodes = ReturnType<typeof lowlight.highlight>['children'];

/** Colours code of a known language as elements; null for others. */
export function highlight(text: string, lang: string): ReactNode {
  const name = lang.toLowerCase();
  if (!lowlight.registered(name)) return null;
  return toElements(lowlight.highlight(name, text).children);
}

function toElements(nodes: Nodes): ReactNode[] {
  return nodes.map((node, index) => {
    if (node.type === 'text') return node.value;
    if (node.type !== 'element') return null;
    const classes = node.properties['className'];
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one finished text never move
      <span key={index} className={Array.isArray(classes) ? classes.join(' ') : undefined}>
        {toElements(node.children as Nodes)}
      </span>
    );
  });
}
