import { z } from 'zod';
import { id, nothing, path, timestamp } from './common.ts';
import { method, stream } from './define.ts';
import { failure } from './errors.ts';
import { writingEvent, writingTask } from './writing.ts';

/** A note's place inside its folder, with `/`, exactly as the disk spells it; never a way out of the folder. */
export const notePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (text) =>
      !/[\0\\]/.test(text) &&
      text.split('/').every((part) => part !== '' && part !== '.' && part !== '..') &&
      /\.(md|markdown)$/i.test(text),
    'not the path of a note',
  );

/** One note: a file in one of the folders that the person chose. */
export const noteRef = z.object({ folderId: id, path: notePath });
export type NoteRef = z.infer<typeof noteRef>;

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
});
export type NotesState = z.infer<typeof notesState>;

/** A stretch of a note; `start` and `end` are offsets in UTF-16 units of the note's text as `read` gives it. */
export const passage = noteRef.extend({
  title: z.string(),
  /** The headings above it, outermost first, joined by ` › `. */
  heading: z.string(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
});
export type Passage = z.infer<typeof passage>;

/** Why a passage was chosen: its place in each ranking (from 1; null where it was not found) and what they came to. */
export const reason = z.object({
  words: z.int().nullable(),
  meaning: z.int().nullable(),
  /** Words of the question that it holds. */
  matched: z.array(z.string()),
  /** Linked with other found notes; changed lately. */
  linked: z.boolean(),
  recent: z.boolean(),
  score: z.number(),
});
export const foundPassage = passage.extend({ reason });
export type FoundPassage = z.infer<typeof foundPassage>;

export const searchedNote = passage.extend({
  /** Words around the hit; matches lie between U+0002 and U+0003. */
  snippet: z.string(),
});
export type SearchedNote = z.infer<typeof searchedNote>;

/** Which notes count: all, some folders of the tree (by path beginnings), tags, or single notes. */
export const noteScope = z.object({
  folders: z
    .array(z.object({ folderId: id, prefix: z.string().max(1024) }))
    .max(50)
    .default([]),
  tags: z.array(z.string().max(200)).max(50).default([]),
  notes: z.array(noteRef).max(200).default([]),
});
export type NoteScope = z.infer<typeof noteScope>;

const number = z.int().min(1);
export const noteSource = foundPassage.extend({ number });
export type NoteSource = z.infer<typeof noteSource>;

/** A passage of a file attached to the chat; `path` is the file's name, `page` counts from 1 where it has pages. */
export const fileSource = z.object({
  attachmentId: id,
  path: z.string(),
  title: z.string(),
  heading: z.string(),
  page: z.int().nullable(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
  reason,
  number,
});
export type FileSource = z.infer<typeof fileSource>;

/** A passage that was put before the model; an answer cites its number. */
export const source = z.union([noteSource, fileSource]);
export type Source = z.infer<typeof source>;

/** One statement of an answer: its place in the text, the numbers it cites, and whether those passages bear it out. */
export const claim = z.object({
  start: z.int(),
  end: z.int(),
  sources: z.array(z.int()),
  /** `supported`: its words and numbers stand in what it cites. `uncited`: it cites nothing. */
  support: z.enum(['supported', 'unsupported', 'uncited']),
  /** There where the words alone were no sure sign, and the model that answered decided. */
  by: z.literal('model').optional(),
});
export type Claim = z.infer<typeof claim>;

/** What an answer from notes, or from files attached to the chat, was made of. */
export const answerNotes = z.object({
  /** Null where no notes were asked for, only attached files. */
  scope: noteScope.nullable(),
  sources: z.array(source),
  claims: z.array(claim),
  /** The answer is that they do not say it. */
  absent: z.boolean(),
});
export type AnswerNotes = z.infer<typeof answerNotes>;

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
};
