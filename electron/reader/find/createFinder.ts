import { DatabaseSync } from 'node:sqlite';
import type { AttachmentKind } from '../../contract/attachments.ts';
import { createDb, type Db } from '../../notes/index/db.ts';
import { addFile } from '../../notes/index/fileRows.ts';
import { putNote } from '../../notes/index/noteRows.ts';
import { schema } from '../../notes/index/schema.ts';
import { findPassages } from '../../notes/search/findPassages.ts';
import type { AttachmentPassage } from '../contract.ts';
import { cutAttachment } from './cutAttachment.ts';

/** A text as it comes to be found in. */
export interface FindableText {
  readonly id: string;
  readonly name: string;
  readonly kind: AttachmentKind;
  readonly text: string;
  readonly pages: readonly number[] | null;
}

/** Finds passages of attached texts as the notes are searched, in memory alone. */
export interface Finder {
  index(text: FindableText): void;
  find(wish: {
    readonly ids: readonly string[];
    readonly question: string;
    readonly limit: number;
    readonly anyway: boolean;
  }): AttachmentPassage[];
}

/** Nothing of these is known or wanted of a text that is no file any more. */
const noStamp = { place: '', changed: '', size: 0, modified: 0 } as const;

/** Makes a {@link Finder}. */
export function createFinder(): Finder {
  const db = createDb(new DatabaseSync(':memory:'));
  db.exec(schema);
  return {
    index({ id, name, ...text }) {
      const row = addFile(db, { folderId: id, path: name }, noStamp);
      const facts = { title: name, aliases: [], tags: [], links: [], passages: cutAttachment(text) };
      putNote(db, row, { hash: id, text: text.text, facts, stamp: noStamp });
    },
    find({ ids, question, limit, anyway }) {
      const scope = {
        folders: ids.map((folderId) => ({ folderId, prefix: '' })),
        tags: [],
        notes: [],
      };
      const found = findPassages(db, { question, scope, limit, byMeaning: null, now: Date.now() });
      if (found.length === 0 && anyway) return spread(db, ids, limit);
      return found.map(({ folderId, heading, start, end, text, reason }) => ({
        id: folderId,
        heading,
        start,
        end,
        text,
        reason,
      }));
    },
  };
}

/** The beginning of the texts and passages from all over them, in their order: for "What is this about?". */
function spread(db: Db, ids: readonly string[], limit: number): AttachmentPassage[] {
  const rows = db.all<{ id: string; heading: string; start: number; end: number; text: string }>(
    `SELECT f.folder AS id, p.heading, p.start, p.end, p.text FROM json_each(?) j
     JOIN files f ON f.folder = j.value JOIN passages p ON p.file = f.id ORDER BY j.key, p.start`,
    JSON.stringify(ids),
  );
  const count = Math.min(limit, rows.length);
  const chosen = Array.from({ length: count }, (_, at) => rows[Math.floor((at * rows.length) / count)]);
  const reason = { words: null, meaning: null, matched: [], linked: false, recent: false, score: 0 };
  return chosen.filter((row) => row !== undefined).map((row) => ({ ...row, reason }));
}
