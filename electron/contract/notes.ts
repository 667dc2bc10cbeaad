import { z } from 'zod';
import { id, nothing, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';
import { notePath, noteRef } from './noteRef.ts';
import { foundPassage, noteScope, searchedNote } from './noteSources.ts';
import { writingEvent, writingTask } from './writing.ts';

export const noteFolder = z.object({
  id,
  path,
  name: z.string(),
  /** Why nothing of it can be read now (gone, not permitted); what was indexed of it stays known. */
  problem: z.string().nullable(),
});
export type NoteFolder = z.infer<typeof noteFolder>;

export const noteEntry = noteRef.extend({
  /** The first heading of level 1, else the title of the front matter, else the file's name. */
  title: z.string(),
  size: z.number(),
  modifiedAt: timestamp,
  /** Why it is not in the index (too large, not text, not permitted); null if it is. */
  skipped: z.string().nullable(),
});
export type NoteEntry = z.infer<typeof noteEntry>;

/** How far the index is. `indexing` reads files; `embedding` computes vectors, which search can do without. */
export const indexState = z.object({
  phase: z.enum(['starting', 'comparing', 'indexing', 'embedding', 'ready', 'failed']),
  notes: z.int(),
  passages: z.int(),
  skipped: z.int(),
  /** Of the present work: files or passages. */
  done: z.int(),
  total: z.int(),
  secondsLeft: z.number().nullable(),
  /** Passages that have vectors of the chosen embedding model; null while none is chosen: search is by words alone then. */
  embedded: z.int().nullable(),
  /** Counts up with every change of what the index holds. */
  version: z.int(),
  problem: failure.nullable(),
});
export type IndexState = z.infer<typeof indexState>;

export const notesState = z.object({
  folders: z.array(noteFolder),
  index: indexState,
  embeddingModelId: id.nullable(),
  /**
   * Whose vectors find notes by meaning: no model's (none is chosen), the chosen one's, those of the model before until
   * the chosen one has read the notes, or nobody's for now, because the model that could is not here.
   */
  meaning: z.enum(['none', 'chosen', 'before', 'missing']),
  /** Vectors wait until this machine has mains power again. */
  waitsForPower: z.boolean(),
});
export type NotesState = z.infer<typeof notesState>;

/** What of the file we hold: changes are saved only against this. */
export const noteVersion = z.object({ hash: z.string(), modifiedAt: timestamp, size: z.number() });
export type NoteVersion = z.infer<typeof noteVersion>;

/** How a save went. Nothing made elsewhere is ever written over. */
export const saved = z.discriminatedUnion('type', [
  z.object({ type: z.literal('saved'), version: noteVersion }),
  /** The file had changed elsewhere in other places; both changes are in it now. */
  z.object({ type: z.literal('merged'), version: noteVersion, text: z.string() }),
  /** Both changed the same place: nothing was written. `theirs` is what the file holds (null: it is gone). */
  z.object({ type: z.literal('conflict'), version: noteVersion.nullable(), theirs: z.string().nullable() }),
]);
export type Saved = z.infer<typeof saved>;

/** One line of another note that a rename would change. */
export const linkChange = z.object({
  note: noteRef,
  line: z.int(),
  before: z.string(),
  after: z.string(),
});
export type LinkChange = z.infer<typeof linkChange>;

const noteText = z.string().max(5_000_000);
const mention = noteRef.extend({
  title: z.string(),
  line: z.int(),
  text: z.string(),
  start: z.int(),
  end: z.int(),
});

/** What stands around a note. */
export const surroundings = z.object({
  /** Lines of other notes that link here. */
  backlinks: z.array(mention),
  /** Lines of other notes that name this one without a link. */
  mentions: z.array(mention),
  related: z.array(noteRef.extend({ title: z.string(), why: z.string(), text: z.string() })),
  /** Links of this note: where they lead, or null where there is no such note (yet). */
  links: z.array(z.object({ text: z.string(), target: noteRef.nullable() })),
  tags: z.array(z.string()),
});
export type Surroundings = z.infer<typeof surroundings>;

export const notes = {
  /** Now and after each change. */
  watch: stream(nothing, notesState),
  /** Adds a folder of Markdown in place. Nothing in it is changed by this. */
  addFolder: method(z.object({ path }), noteFolder),
  /** Forgets a folder and its index. The notes stay as they are. */
  removeFolder: method(z.object({ id }), z.null()),
  /** Every note of every folder, by path; also those that were skipped. */
  list: method(nothing, z.object({ notes: z.array(noteEntry) })),
  tags: method(nothing, z.object({ tags: z.array(z.object({ tag: z.string(), count: z.int() })) })),
  /** The text without its BOM, with its own line ends. `readOnly` says why it cannot be edited. */
  read: method(
    z.object({ note: noteRef }),
    z.object({ text: z.string(), version: noteVersion, readOnly: z.string().nullable() }),
  ),
  /** Saves over the version that was read; null makes a new note (`conflict` if there is one already). */
  save: method(z.object({ note: noteRef, text: noteText, base: noteVersion.shape.hash.nullable() }), saved),
  /** What a rename or move would change in other notes, to be reviewed. */
  planRename: method(z.object({ note: noteRef, to: notePath }), z.object({ changes: z.array(linkChange) })),
  /** Renames or moves within its folder; then updates the links in `update`, those lines alone. */
  rename: method(
    z.object({ note: noteRef, to: notePath, update: z.array(noteRef).max(10_000) }),
    z.object({
      note: noteRef,
      updated: z.int(),
      failed: z.array(z.object({ note: noteRef, reason: z.string() })),
    }),
  ),
  /** Moves a note to the system's bin. */
  remove: method(z.object({ note: noteRef }), z.null()),
  /** Today's note (`YYYY-MM-DD.md`, in the folder `Daily` or `Journal` if there is one); made if missing. */
  daily: method(z.object({ folderId: id, date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }), noteRef),
  /** Earlier versions that Inkling replaced, newest first. */
  history: method(
    z.object({ note: noteRef }),
    z.object({ versions: z.array(z.object({ id, at: timestamp, size: z.number() })) }),
  ),
  earlier: method(z.object({ note: noteRef, id }), z.object({ text: z.string() })),
  /** Search as you type: every word must occur, the last one as a beginning. */
  search: method(
    z.object({ query: z.string().max(500), limit: z.int().min(1).max(200).default(30) }),
    z.object({ hits: z.array(searchedNote) }),
  ),
  /** The passages for a question, best first, each with why it was chosen. */
  find: method(
    z.object({
      question: z.string().max(20_000),
      scope: noteScope.prefault({}),
      limit: z.int().min(1).max(50).default(5),
    }),
    z.object({ passages: z.array(foundPassage) }),
  ),
  around: method(z.object({ note: noteRef }), surroundings),
  /** Writes a proposal from a text of a note; changes nothing. Trouble is in `finished`. Leaving the stream stops it. */
  write: stream(
    z.object({
      task: writingTask,
      text: z.string().max(200_000),
      /** Wishes in the person's own words. */
      instruction: z.string().max(2000).optional(),
      /** For `translate`. */
      language: z.string().max(100).optional(),
      /** The note that the text is from; links are then to other notes of its folder. */
      note: noteRef.nullable(),
      modelId: id.nullable().optional(),
    }),
    writingEvent,
  ),
  /** Chooses the model that computes vectors; null searches by words alone. */
  setEmbeddingModel: method(z.object({ modelId: id.nullable() }), z.null()),
  /** Computes vectors on battery, too, until mains power came back. */
  learnOnBattery: method(z.null(), z.null()),
};
