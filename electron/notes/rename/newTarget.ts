import { dirOf, fileTitle, lastName } from '../index/names.ts';
import { unescapePath } from '../index/noteRows.ts';

/** A link as it stands in a note. */
export interface WrittenLink {
  readonly kind: 'wiki' | 'markdown';
  readonly target: string;
  /** A Markdown target between `<` and `>`, where nothing needs an escape. */
  readonly angled: boolean;
}

/**
 * How a link has to be written so that it leads to a note at `to`, in the manner in which it is written now. `from` is
 * the linking note's path, `unique` whether no other note has the new name. Null where it may stay as it is.
 */
export function newTarget(
  link: WrittenLink,
  input: { readonly from: string; readonly old: string; readonly to: string; readonly unique: boolean },
): string | null {
  const { from, old, to, unique } = input;
  if (link.kind === 'markdown') {
    const way = wayTo(dirOf(from), to);
    const dotted = link.target.startsWith('./') && !way.startsWith('.') ? `./${way}` : way;
    const written = link.angled ? dotted : escapePath(dotted);
    return written === link.target || unescapePath(link.target) === dotted ? null : written;
  }
  // A link by an alias still finds the note.
  if (lastName(link.target) !== lastName(old)) return null;
  const ending = /\.(md|markdown)$/i.exec(link.target)?.[0] ?? '';
  const withPath = link.target.includes('/') || !unique;
  const bare = withPath ? to.replace(/\.(md|markdown)$/i, '') : fileTitle(to);
  const written = `${bare}${ending}`;
  return written === link.target ? null : written;
}

/** The way from a folder to a note, as a relative link writes it. */
export function wayTo(dir: string, to: string): string {
  const here = dir === '' ? [] : dir.split('/');
  const there = to.split('/');
  let same = 0;
  while (same < here.length && same < there.length - 1 && here[same] === there[same]) same++;
  return [...here.slice(same).map(() => '..'), ...there.slice(same)].join('/');
}

const escapePath = (path: string) =>
  path.replace(/[\s%()<>#?[\]\\"'`]/g, (character) =>
    character === "'" || character === '(' || character === ')'
      ? `%${character.charCodeAt(0).toString(16).toUpperCase()}`
      : encodeURIComponent(character),
  );
