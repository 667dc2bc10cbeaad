import type { FoundPassage } from '../../contract/noteSources.ts';

/** Between passages of one heading lie blank lines or a space; what is wider may be something that was left out. */
const widest = 4;

/**
 * Makes one passage of those that follow each other in a note under the same heading, in the place of the best of them:
 * a model reads them in the order of the note, and a source opens as a whole.
 */
export function mergeNeighbours(found: readonly FoundPassage[]): FoundPassage[] {
  const merged: FoundPassage[] = [];
  for (const passage of found) {
    // It may close the gap between two that are there.
    const touching = merged.filter((other) => touch(other, passage));
    const [first] = touching;
    if (!first) {
      merged.push(passage);
      continue;
    }
    const whole = touching.reduce(join, passage);
    merged[merged.indexOf(first)] = { ...whole, reason: { ...whole.reason, ...rankOf(first) } };
    for (const other of touching.slice(1)) merged.splice(merged.indexOf(other), 1);
  }
  return merged;
}

function touch(a: FoundPassage, b: FoundPassage): boolean {
  const [first, second] = inOrder(a, b);
  const between = second.start - first.end;
  const sameNote = a.folderId === b.folderId && a.path === b.path;
  return sameNote && a.heading === b.heading && between >= 0 && between <= widest;
}

function join(a: FoundPassage, b: FoundPassage): FoundPassage {
  const [first, second] = inOrder(a, b);
  const matched = [...new Set([...a.reason.matched, ...b.reason.matched])];
  return {
    ...first,
    end: second.end,
    // As many characters as the note has there, so that places in the text stay places in the note.
    text: first.text + '\n'.repeat(second.start - first.end) + second.text,
    reason: { ...first.reason, matched },
  };
}

const inOrder = (a: FoundPassage, b: FoundPassage): readonly [first: FoundPassage, second: FoundPassage] =>
  a.start <= b.start ? [a, b] : [b, a];

/** Why the best of them was chosen. */
const rankOf = ({ reason: { words, meaning, linked, recent, score } }: FoundPassage) => ({
  words,
  meaning,
  linked,
  recent,
  score,
});
