import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

/** A link in a note: to another note by name or path, or to an address. */
export type LinkInNote = {
  readonly from: number;
  readonly to: number;
} & ({ readonly kind: 'note'; readonly target: string } | { readonly kind: 'address'; readonly url: string });

/** The link at a place of the text, or null. */
export function linkAt(state: EditorState, at: number): LinkInNote | null {
  for (const side of [-1, 1] as const) {
    let node = syntaxTree(state).resolveInner(at, side);
    for (let up = 0; up < 4; up++) {
      const found = readLink(state, node.name, node.from, node.to, () => node.getChild('URL'));
      if (found) return found;
      if (!node.parent) break;
      node = node.parent;
    }
  }
  return null;
}

type Place = { readonly from: number; readonly to: number } | null;

function readLink(
  state: EditorState,
  name: string,
  from: number,
  to: number,
  url: () => Place,
): LinkInNote | null {
  const words = () => state.sliceDoc(from, to);
  switch (name) {
    case 'WikiLink':
      return { kind: 'note', from, to, target: wikiTarget(words()) };
    case 'Link':
    case 'Autolink': {
      const place = url();
      if (!place) return null;
      return toLink(state.sliceDoc(place.from, place.to), from, to);
    }
    case 'URL':
      return toLink(words(), from, to);
    default:
      return null;
  }
}

/** `[[Cabin/Power#Later|the battery]]` -> `Cabin/Power`. */
export const wikiTarget = (link: string): string =>
  link
    .replace(/^!?\[\[|\]\]$/g, '')
    .replace(/[|#^].*$/s, '')
    .trim();

function toLink(written: string, from: number, to: number): LinkInNote | null {
  const url = written.replace(/^<|>$/g, '');
  if (/^(https?:\/\/|mailto:)/i.test(url)) return { kind: 'address', from, to, url };
  // Any other scheme leads nowhere; without one it is a path from this note.
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('#') || url.startsWith('//')) return null;
  const target = decodePath(url.replace(/[#?].*$/s, ''));
  return /\.(md|markdown)$/i.test(target) || !/\.\w{1,5}$/.test(target)
    ? { kind: 'note', from, to, target }
    : null;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
