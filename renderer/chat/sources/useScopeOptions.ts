import { useEffect, useMemo, useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { folderOf } from '../../stores/notesTree.ts';
import { rankNotes } from '../../stores/rankNotes.ts';
import type { ScopePart } from './scopeWords.ts';

const nothing: readonly never[] = [];

/** What a scope could name, by what was typed: `#` and a beginning for tags, else folders and notes. */
export function useScopeOptions(query: string, limit: number): readonly ScopePart[] {
  const { api, notes } = useStores();
  const entries = useStore('notes', (state) => state.entries) ?? nothing;
  const version = useStore('notes', ({ state }) => state?.index.version ?? 0);
  const [tags, setTags] = useState<readonly string[]>(nothing);
  const forTags = query.startsWith('#');
  useEffect(() => notes.getState().want(), [notes]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version of the index has other tags
  useEffect(() => {
    if (!forTags) return;
    const abort = new AbortController();
    api.notes.tags(null, { signal: abort.signal }).then(
      (answer) => setTags(answer.tags.map(({ tag }) => tag)),
      () => {},
    );
    return () => abort.abort();
  }, [api, forTags, version]);

  return useMemo(() => {
    if (forTags) {
      const wanted = query.slice(1).toLowerCase();
      return tags
        .filter((tag) => tag.toLowerCase().includes(wanted))
        .slice(0, limit)
        .map((tag) => ({ kind: 'tag' as const, tag }));
    }
    const folders = [
      ...new Map(
        entries
          .map(folderPart)
          .filter(isFolder)
          .map((part) => [`${part.folderId} ${part.prefix}`, part]),
      ).values(),
    ]
      .filter(({ prefix }) => query !== '' && prefix.toLowerCase().includes(query.toLowerCase()))
      .slice(0, 3);
    const found = rankNotes(query, entries, limit - folders.length);
    return [...folders, ...found.map(({ folderId, path }) => ({ kind: 'note' as const, folderId, path }))];
  }, [forTags, query, tags, entries, limit]);
}

type FolderPart = Extract<ScopePart, { kind: 'folder' }>;

const folderPart = ({
  folderId,
  path,
}: {
  readonly folderId: string;
  readonly path: string;
}): FolderPart | null => {
  const folder = folderOf(path);
  return folder === '' ? null : { kind: 'folder', folderId, prefix: `${folder}/` };
};
const isFolder = (part: FolderPart | null): part is FolderPart => part !== null;
