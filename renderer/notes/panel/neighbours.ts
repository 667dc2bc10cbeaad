import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import type { Surroundings } from '../../../electron/contract/notes.ts';
import { keyOf } from '../../stores/notesTree.ts';

/** A note near another one: linking here, linked from here, both, or about the same. Places are in units of the ring's radius. */
export interface Neighbour {
  readonly note: NoteRef;
  readonly kind: 'in' | 'out' | 'both' | 'near';
  readonly x: number;
  readonly y: number;
}

const mostShown = 20;
/** Beyond this many they stand on two rings, in turn. */
const oneRing = 9;
const innerRing = 0.66;

/** The notes nearest to a note, at most twenty, those with links first, each with its place around it. */
export function neighboursOf(
  self: NoteRef,
  { backlinks, links, related }: Surroundings,
): readonly Neighbour[] {
  const found = new Map<string, { note: NoteRef; kind: Neighbour['kind'] }>();
  const add = ({ folderId, path }: NoteRef, kind: 'in' | 'out' | 'near') => {
    const key = keyOf({ folderId, path });
    if (key === keyOf(self)) return;
    const known = found.get(key);
    if (!known) found.set(key, { note: { folderId, path }, kind });
    else if (known.kind !== kind && kind !== 'near') found.set(key, { ...known, kind: 'both' });
  };
  for (const each of backlinks) add(each, 'in');
  for (const { target } of links) if (target) add(target, 'out');
  for (const each of related) add(each, 'near');
  const shown = [...found.values()].slice(0, mostShown);
  return shown.map(({ note, kind }, index) => {
    const angle = (index / shown.length) * 2 * Math.PI - Math.PI / 2;
    const radius = shown.length > oneRing && index % 2 === 1 ? innerRing : 1;
    return { note, kind, x: Math.cos(angle) * radius, y: Math.sin(angle) * radius };
  });
}
