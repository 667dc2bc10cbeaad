import type { NoteScope } from '../../../electron/contract/noteSources.ts';
import { isAllNotes, sameNote } from '../../stores/scopes.ts';

/** One thing that a scope names. */
export type ScopePart =
  | { readonly kind: 'folder'; readonly folderId: string; readonly prefix: string }
  | { readonly kind: 'tag'; readonly tag: string }
  | { readonly kind: 'note'; readonly folderId: string; readonly path: string };

/** The parts of a scope, in the order in which they are shown. */
export function partsOf({ folders, tags, notes }: NoteScope): ScopePart[] {
  return [
    ...folders.map((folder) => ({ kind: 'folder' as const, ...folder })),
    ...tags.map((tag) => ({ kind: 'tag' as const, tag })),
    ...notes.map(({ folderId, path }) => ({ kind: 'note' as const, folderId, path })),
  ];
}

/** The scope with one more part; the same part is never there twice. */
export function withPart(scope: NoteScope, part: ScopePart): NoteScope {
  const rest = withoutPart(scope, part);
  switch (part.kind) {
    case 'folder':
      return { ...rest, folders: [...rest.folders, { folderId: part.folderId, prefix: part.prefix }] };
    case 'tag':
      return { ...rest, tags: [...rest.tags, part.tag] };
    case 'note':
      return { ...rest, notes: [...rest.notes, { folderId: part.folderId, path: part.path }] };
  }
}

/** The scope without a part. */
export function withoutPart(scope: NoteScope, part: ScopePart): NoteScope {
  switch (part.kind) {
    case 'folder':
      return {
        ...scope,
        folders: scope.folders.filter((one) => one.folderId !== part.folderId || one.prefix !== part.prefix),
      };
    case 'tag':
      return { ...scope, tags: scope.tags.filter((one) => one !== part.tag) };
    case 'note':
      return { ...scope, notes: scope.notes.filter((one) => !sameNote(one, part)) };
  }
}

/** What a part is called. */
export function partName(part: ScopePart): string {
  if (part.kind === 'tag') return `#${part.tag}`;
  if (part.kind === 'folder') return `${part.prefix.replace(/\/$/, '')}/`;
  return part.path.replace(/\.(md|markdown)$/i, '');
}

/** A scope in a few words, for a button. */
export function scopeWords(scope: NoteScope): string {
  if (isAllNotes(scope)) return 'all notes';
  const parts = partsOf(scope);
  const [first] = parts;
  return parts.length === 1 && first
    ? partName(first).split('/').at(-1) || partName(first)
    : `${parts.length} chosen`;
}
