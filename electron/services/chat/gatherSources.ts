import type { NoteScope, Source } from '../../contract/noteSources.ts';
import { findSources, type NotesWish } from './answerFromNotes.ts';
import { writeFilesPrompt } from './files/filesPrompt.ts';
import { findInFiles, type ReadableFiles } from './files/findInFiles.ts';
import { type MessageWithFiles, placeFiles } from './files/placeFiles.ts';
import type { TokenCounts } from './ledger/tokenCounts.ts';
import { toTurns } from './ledger/turns.ts';
import { type NotesPrompt, numberShown, writeNotesPrompt } from './notesPrompt.ts';

/** Where answers may come from, beside the conversation. */
export interface Wells {
  /** Null for no notes. */
  readonly scope: NoteScope | null;
  readonly find: NotesWish['find'];
  readonly files: ReadableFiles;
  /** The starter model knows one prompt only. */
  readonly starter: boolean;
  /** Passages that the answer has already, where it goes on. */
  readonly sources: readonly Source[] | null;
}

/** What the newest question of a branch is answered from. */
export interface Gathered<M> {
  /** The branch, with the files that are read whole. */
  readonly branch: readonly M[];
  /** Passages, those of notes first; none where the conversation alone is answered from. */
  readonly sources: readonly Source[];
  readonly write: ((question: string) => NotesPrompt) | null;
  /** Notes alone were to be asked, and nothing in them shares a word with the question. */
  readonly absent: boolean;
}

/** Places the files of a branch, and finds the passages for its newest question. */
export async function gatherSources<M extends MessageWithFiles>(
  wells: Wells,
  branch: readonly M[],
  counted: { readonly counts: Pick<TokenCounts, 'texts'>; readonly contextSize: number },
  signal: AbortSignal,
): Promise<Gathered<M>> {
  const { scope, find, files, starter } = wells;
  const placed = await placeFiles(
    branch,
    { ...counted, textOf: files.text, has: files.has, starter },
    signal,
  );
  if (branch.at(-1)?.role !== 'user')
    return { branch: placed.branch, sources: [], write: null, absent: false };
  const writePrompt = scope ? writeNotesPrompt : writeFilesPrompt;
  const given = (sources: readonly Source[]) => ({
    branch: placed.branch,
    sources,
    write: sources.length === 0 ? null : (question: string) => writePrompt(sources, question, starter),
    absent: false,
  });
  if (wells.sources) return given(wells.sources);
  const asked = toTurns(branch).map(({ question }) => question ?? '');
  const fromNotes = scope ? await findSources({ scope, find, starter }, asked, signal) : [];
  const fromFiles = await findInFiles(files, branch, placed.long, signal);
  const found: Source[] = [...fromNotes, ...fromFiles].map((source, at) => ({ ...source, number: at + 1 }));
  const sources = starter ? numberShown(found, asked.at(-1) ?? '') : found;
  const isAbsent =
    scope !== null && sources.length === 0 && branch.every(({ attachments }) => attachments.length === 0);
  return { ...given(sources), absent: isAbsent };
}
