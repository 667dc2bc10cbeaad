import { InklingError } from '../../contract/errors.ts';
import { decode } from '../files/decode.ts';
import { readBytes } from '../files/readNote.ts';
import type { Root } from '../files/safePath.ts';
import type { Db } from '../index/db.ts';
import { type FileRow, restamp } from '../index/fileRows.ts';
import { moveFile, putNote, putSkipped, removeFile } from '../index/noteRows.ts';
import { analyze } from '../markdown/analyze.ts';
import { type SeenNote, stampOf } from './readDir.ts';

/** What reading a file brought: `same` bytes as before, new ones, the ones of a `moved` note, or the file is gone. */
export type ReadOutcome = 'same' | 'read' | 'moved' | 'skipped' | 'gone';

/** Reads a file whose bytes may have changed, and brings its row up to date. */
export function readChanged(options: {
  readonly db: Db;
  readonly root: Root;
  readonly row: FileRow;
  readonly seen: SeenNote;
  /** A row of a file that is gone and held these bytes; taken away from those that wait to be removed. */
  readonly takeGone: (hash: string) => FileRow | undefined;
  /** Told where a note lay that is now at `row`. */
  readonly onMoved: (from: string) => void;
  readonly now: number;
}): ReadOutcome {
  const { db, root, row, seen, takeGone, now } = options;
  const skip = (reason: string, stamp = seen.stamp): ReadOutcome => {
    putSkipped(db, row, reason, stamp);
    return 'skipped';
  };
  if (seen.skipped !== null) return skip(seen.skipped);
  try {
    const { bytes, hash, facts } = readBytes(root, row.path);
    const stamp = stampOf(facts, now);
    if (row.hash === hash) {
      restamp(db, row.id, stamp);
      return 'same';
    }
    const gone = row.hash === null ? takeGone(hash) : undefined;
    if (gone) {
      db.transaction(() => {
        removeFile(db, row.id);
        moveFile(db, gone, row.path, stamp);
      });
      options.onMoved(gone.path);
      return 'moved';
    }
    const decoded = decode(bytes);
    if (!decoded) return skip('Not text: it holds zero bytes.', stamp);
    putNote(db, row, { hash, text: decoded.text, facts: analyze(decoded.text), stamp });
    return 'read';
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    // What is wrong with the index concerns every note, what is wrong with a note only itself.
    if (isOfIndex(error)) throw error;
    if (code === 'not_found') return 'gone';
    return skip(
      code === 'storage_failed'
        ? 'Your account may not read it, or the disk does not answer.'
        : String(message),
    );
  }
}

const isOfIndex = (error: unknown) =>
  (error as { code?: unknown }).code === 'ERR_SQLITE_ERROR' ||
  (error instanceof InklingError && /^storage_(full|locked|damaged)$/.test(error.code));
