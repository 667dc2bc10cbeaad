import { diff } from '@codemirror/merge';
import { ChangeSet, type Text } from '@codemirror/state';

/** Beyond this many characters of difference, finding the smallest one takes too long: the middle is replaced. */
const mostToCompare = 200_000;

/** The changes that make one text of another, as few as can be found quickly: the cursor and marks stay in place. */
export function changeTo(doc: Text, text: string): ChangeSet {
  const before = doc.toString();
  if (before === text) return ChangeSet.empty(doc.length);
  let start = 0;
  const shorter = Math.min(before.length, text.length);
  while (start < shorter && before.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === text.charCodeAt(text.length - 1 - end)
  )
    end++;
  const old = before.slice(start, before.length - end);
  const next = text.slice(start, text.length - end);
  if (old.length + next.length > mostToCompare)
    return ChangeSet.of({ from: start, to: start + old.length, insert: next }, doc.length);
  const parts = diff(old, next, { scanLimit: 2000, timeout: 150 }).map(({ fromA, toA, fromB, toB }) => ({
    from: start + fromA,
    to: start + toA,
    insert: next.slice(fromB, toB),
  }));
  return ChangeSet.of(parts, doc.length);
}
