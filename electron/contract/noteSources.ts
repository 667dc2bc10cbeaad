import { z } from 'zod';
import { id } from './common.ts';
import { noteRef } from './noteRef.ts';

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
