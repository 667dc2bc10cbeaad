import type { Db } from '../index/db.ts';
import { dirOf, lastName, linkedPath } from '../index/names.ts';
import { unescapePath } from '../index/noteRows.ts';

/** A link as the index keeps it. */
export interface LinkRow {
  readonly file: number;
  readonly kind: 'wiki' | 'markdown';
  readonly target: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly target_start: number;
}

/** A note that a link may lead to. */
export interface Target {
  readonly id: number;
  readonly path: string;
}

/**
 * The note that a link leads to, as Obsidian and Logseq resolve it: the path as written, else the note of that name
 * nearest to the linking one, else the note with that alias; null if there is none (yet).
 */
export function resolveLink(
  db: Db,
  folder: string,
  from: string,
  { kind, target }: Pick<LinkRow, 'kind' | 'target'>,
): Target | null {
  const written = kind === 'markdown' ? unescapePath(target) : target;
  // A link to a heading of the note itself.
  if (written === '') return null;
  if (kind === 'markdown' && !/\.(md|markdown)$/i.test(written)) return null;
  const wanted = linkedPath(written.replace(/^\.?\//, ''));
  const named = db.all<Target>(
    'SELECT id, path FROM files WHERE folder = ? AND name = ? ORDER BY length(path), path LIMIT 200',
    folder,
    lastName(written),
  );
  const relative = kind === 'markdown' ? climb(dirOf(linkedPath(from)), linkedPath(written)) : null;
  const exact = named.find(({ path }) => linkedPath(path) === (relative ?? wanted));
  if (exact) return exact;
  const ending = named.filter(({ path }) => `/${linkedPath(path)}`.endsWith(`/${wanted}`));
  return ending.find(({ path }) => dirOf(path) === dirOf(from)) ?? ending[0] ?? byAlias(db, folder, wanted);
}

function byAlias(db: Db, folder: string, name: string): Target | null {
  return (
    db.get<Target>(
      `SELECT f.id, f.path FROM aliases a JOIN files f ON f.id = a.file
       WHERE a.name = ? AND f.folder = ? ORDER BY length(f.path), f.path LIMIT 1`,
      name,
      folder,
    ) ?? null
  );
}

/** A relative path seen from a folder; null if it leads out. */
export function climb(dir: string, relative: string): string | null {
  const parts = dir === '' ? [] : dir.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
