import { type BigIntStats, lstatSync, renameSync } from 'node:fs';
import { InklingError } from '../../contract/errors.ts';
import type { NoteRef } from '../../contract/noteRef.ts';
import type { NoteVersion, Saved } from '../../contract/notes.ts';
import { decode, encode } from './decode.ts';
import { mergeTexts } from './merge.ts';
import { toNoteError } from './noteErrors.ts';
import { maxNoteBytes, type NoteText, readBytes, readNote, sha256, versionOf } from './readNote.ts';
import { checkFolders, fullPath, type Root } from './safePath.ts';
import type { Versions } from './versions.ts';
import { nameNew, writeBeside } from './writeAtomic.ts';

/** Changes made elsewhere while we save; after so many the person has to decide. */
const tries = 3;

/**
 * Saves a note over the version that the caller holds. A change made elsewhere is merged where that is safe, else told
 * as a conflict; it is never written over. Throws an `InklingError`, the file is then as it was.
 */
export function saveNote(
  root: Root,
  versions: Versions,
  input: { readonly path: string; readonly text: string; readonly base: string | null },
): Saved {
  const note: NoteRef = { folderId: root.id, path: input.path };
  // What is written has to be readable as the text it was.
  if (input.text.includes('\0') || Buffer.byteLength(input.text) > maxNoteBytes - 3)
    throw new InklingError(
      'bad_input',
      'A note may hold up to 5 MB of text without zero bytes. Nothing was changed.',
    );
  if (input.base === null) return create(root, versions, note, input.text);
  for (let attempt = 0; attempt < tries; attempt++) {
    const result = replace(root, versions, note, input.text, input.base);
    if (result) return result;
  }
  return conflict(root, versions, note);
}

function create(root: Root, versions: Versions, note: NoteRef, text: string): Saved {
  checkFolders(root, note.path, true);
  const path = fullPath(root, note.path);
  const bytes = encode(text, false);
  try {
    const facts = writeBeside(path, bytes, null, (temporary) => nameNew(temporary, path));
    return { type: 'saved', version: given(versions, note, bytes, facts) };
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return conflict(root, versions, note);
    throw toNoteError(error, note.path);
  }
}

/** One try to replace the file; undefined if it changed under our hands. */
function replace(
  root: Root,
  versions: Versions,
  note: NoteRef,
  mine: string,
  base: string,
): Saved | undefined {
  const now = readOrNull(root, note.path);
  if (!now) return { type: 'conflict', version: null, theirs: null };
  const text = now.hash === base ? mine : mergeWith(versions, note, mine, base, now);
  if (text === null) return conflict(root, versions, note);
  const bytes = encode(text, now.bom);
  let { facts } = now;
  if (sha256(bytes) !== now.hash) {
    if (now.readOnly !== null)
      throw new InklingError('unsupported', `"${note.path}" cannot be saved. ${now.readOnly}`);
    if (bytes.length > maxNoteBytes) return conflict(root, versions, note);
    const written = putInPlace(root, versions, note, now, bytes, base);
    if (!written) return undefined;
    facts = written;
  }
  const version = given(versions, note, bytes, facts);
  return text === mine ? { type: 'saved', version } : { type: 'merged', version, text };
}

function mergeWith(
  versions: Versions,
  note: NoteRef,
  mine: string,
  base: string,
  now: NoteText,
): string | null {
  if (now.text === mine) return mine;
  const bytes = versions.base(note, base);
  const known = bytes && decode(bytes);
  return known ? mergeTexts(mine, known.text, now.text) : null;
}

/** Replaces the file unless it is another one than `now` by then; undefined if it was. */
function putInPlace(
  root: Root,
  versions: Versions,
  note: NoteRef,
  now: NoteText,
  bytes: Buffer,
  base: string,
): BigIntStats | undefined {
  let changed = false;
  try {
    return writeBeside(now.path, bytes, now.facts, (temporary) => {
      // What somebody else made is kept in any case.
      versions.keep(note, now.hash, now.bytes, now.hash !== base);
      // The last look, right before the one step that replaces it.
      const last = readBytes(root, note.path);
      const { ctimeNs } = lstatSync(now.path, { bigint: true });
      changed = last.hash !== now.hash || ctimeNs !== last.facts.ctimeNs;
      if (changed) throw new Error('changed elsewhere');
      renameSync(temporary, now.path);
    });
  } catch (error) {
    if (changed || (error instanceof InklingError && error.code === 'not_found')) return undefined;
    throw toNoteError(error, note.path);
  }
}

/** The version that a caller holds from now on: of the bytes that we wrote, whatever the file holds by now. */
function given(versions: Versions, note: NoteRef, bytes: Buffer, facts: BigIntStats): NoteVersion {
  const hash = sha256(bytes);
  versions.keepBase(note, hash, bytes);
  return versionOf({ hash, facts });
}

function conflict(root: Root, versions: Versions, note: NoteRef): Saved {
  const now = readOrNull(root, note.path);
  if (now) {
    versions.keepBase(note, now.hash, now.bytes);
    // Whichever is chosen, what somebody else wrote can be found again.
    versions.keep(note, now.hash, now.bytes, true);
  }
  return { type: 'conflict', version: now?.version ?? null, theirs: now?.text ?? null };
}

function readOrNull(root: Root, path: string): NoteText | null {
  try {
    return readNote(root, path);
  } catch (error) {
    if (error instanceof InklingError && error.code === 'not_found') return null;
    throw error;
  }
}
