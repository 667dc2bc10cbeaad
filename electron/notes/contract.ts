import { z } from 'zod';
import { id, nothing, path } from '../contract/common.ts';
import { method, stream } from '../contract/define.ts';
import { notePath, noteRef } from '../contract/noteRef.ts';
import { indexState, notes } from '../contract/notes.ts';

/** What the process keeps in the data folder: the index and its vectors (with SQLite's logs beside them), the history. */
export const keptNames = {
  databases: ['notes.sqlite', 'notes-vectors.sqlite'],
  history: 'note-history',
} as const;

const folder = z.object({ id, path });

/** The part of {@link indexState} that the process knows, and the folders that cannot be read now. */
export const processState = z.object({
  index: indexState,
  /** The embedder whose vectors are searched: while a newly chosen one is at work, the one before. Null for none. */
  answering: z.string().nullable(),
  problems: z.record(z.string(), z.string()),
});
export type ProcessState = z.infer<typeof processState>;

/** What a question means to an embedder; `values` is base64 of float32, little endian. */
export const questionVector = z.object({ embedder: z.string(), values: z.string() });
export type QuestionVector = z.infer<typeof questionVector>;

/** A passage that lacks a vector. `hash` is that of its text: equal passages are embedded once. */
export const pendingPassage = z.object({ hash: z.string(), text: z.string() });

/**
 * What the process answers that reads and writes notes and owns their index. It may be ended at any moment: notes are
 * written atomically, and the index can be made anew from them.
 */
export const notesProcessContract = {
  notes: {
    /**
     * Takes these folders as the ones to follow, in place of any before; streams the state now and after each change
     * until the caller leaves. `dataDir` holds the index and the history of notes.
     */
    open: stream(z.object({ dataDir: path, folders: z.array(folder) }), processState),
    list: notes.list,
    tags: notes.tags,
    read: notes.read,
    save: notes.save,
    planRename: notes.planRename,
    rename: notes.rename,
    daily: notes.daily,
    history: notes.history,
    earlier: notes.earlier,
    search: notes.search,
    around: notes.around,
    /** The absolute path of a note, after every check that it lies in its folder and is a plain file. */
    locate: method(z.object({ note: noteRef }), z.object({ path })),
    /** As in the app's contract; a vector adds the ranking by meaning, if it is of the embedder that answers. */
    find: method(
      notes.find.input.extend({ vector: questionVector.nullable().default(null) }),
      notes.find.output,
    ),
    /**
     * Chooses whose vectors are to be computed: a name made of the embedding model's hash; null for none. Those of the
     * one before answer until there are as many of these, and are removed then.
     */
    setEmbedder: method(z.object({ name: z.string().nullable() }), z.null()),
    /** Up to `limit` passages without a vector of the chosen embedder. */
    pending: method(
      z.object({ limit: z.int().min(1).max(1000) }),
      z.object({ passages: z.array(pendingPassage), left: z.int() }),
    ),
    addVectors: method(
      z.object({ vectors: z.array(z.object({ hash: z.string(), vector: z.string() })) }),
      z.null(),
    ),
    /** Compares every folder with the index at once (events of the watcher can be lost), and reads what changed unless that is much. */
    compare: method(nothing, z.null()),
    /**
     * Erases what is kept beside a note that was removed (its index and its earlier versions), or, with `path` null,
     * beside the notes of a folder that was let go.
     */
    forget: method(z.object({ folderId: id, path: notePath.nullable() }), z.null()),
    /** Interrupts the reading of notes for as long as something more important runs (an answer), or lets it go on. */
    hold: method(z.object({ held: z.boolean() }), z.null()),
  },
};
export type NotesProcessContract = typeof notesProcessContract;
