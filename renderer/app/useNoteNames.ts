import { useEffect, useMemo } from 'react';
import type { NoteEntry } from '../../electron/contract/notes.ts';
import { rankNotes } from '../stores/rankNotes.ts';
import { useStore, useStores } from './stores.tsx';

const fewest = 5;
const most = 40;
const none: readonly never[] = [];

/** The notes whose names fit what is typed. `only` looks for nothing else: then the newest come before anything is typed. */
export function useNoteNames(query: string, only: boolean): readonly NoteEntry[] {
  const { notes } = useStores();
  const entries = useStore('notes', (state) => state.entries) ?? none;
  useEffect(() => notes.getState().want(), [notes]);
  return useMemo(
    () => (only || query.trim() ? rankNotes(query, entries, only ? most : fewest) : none),
    [query, entries, only],
  );
}
