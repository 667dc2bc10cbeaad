import type { TreeRow } from '../../stores/notesTree.ts';

/** What a key does in a tree: goes to another line, or opens or closes the folder of this one. */
export type TreeMove = { readonly kind: 'to'; readonly at: number } | { readonly kind: 'open' | 'close' };

const page = 12;

/** What a key means at a line of the tree; null for a key that means nothing there. */
export function moveInTree(rows: readonly TreeRow[], at: number, key: string): TreeMove | null {
  const row = rows[at];
  const to = (index: number): TreeMove => ({
    kind: 'to',
    at: Math.min(rows.length - 1, Math.max(0, index)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(at + 1);
    case 'ArrowUp':
      return to(at - 1);
    case 'PageDown':
      return to(at + page);
    case 'PageUp':
      return to(at - page);
    case 'Home':
      return to(0);
    case 'End':
      return to(rows.length - 1);
    case 'ArrowRight':
      if (row?.kind !== 'folder') return null;
      return row.open ? to(at + 1) : { kind: 'open' };
    case 'ArrowLeft': {
      if (!row) return null;
      if (row.kind === 'folder' && row.open) return { kind: 'close' };
      const above = rows.findLastIndex((each, index) => index < at && each.depth < row.depth);
      return above >= 0 ? to(above) : null;
    }
    default:
      return byLetter(rows, at, key);
  }
}

// A letter goes to the next line that begins with it.
function byLetter(rows: readonly TreeRow[], at: number, key: string): TreeMove | null {
  if (key.length !== 1 || key === ' ') return null;
  const wanted = key.toLowerCase();
  for (let step = 1; step <= rows.length; step++) {
    const index = (at + step) % rows.length;
    const row = rows[index];
    if (row && nameOfRow(row).toLowerCase().startsWith(wanted)) return { kind: 'to', at: index };
  }
  return null;
}

/** The words of a line. */
export const nameOfRow = (row: TreeRow): string =>
  row.kind === 'folder'
    ? row.folder.name
    : row.note.path.slice(row.note.path.lastIndexOf('/') + 1).replace(/\.md$/i, '');
