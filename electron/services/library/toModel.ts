import { basename } from 'node:path';
import type { GgufSummary, Model, ModelCheck } from '../../contract/library.ts';
import type { Entry } from './inventory.ts';
import type { ModelNote } from './modelNotes.ts';

/** What reading the header of a model came to; null while it was not read. */
export type HeaderRead =
  | { readonly state: 'ok'; readonly summary: GgufSummary }
  | { readonly state: 'invalid'; readonly reason: string }
  | null;

/** Puts together what the window shows of a model: where it lies, what its header says, and what the person noted. */
export function toModel({ id, files, root }: Entry, read: HeaderRead, note: ModelNote): Model {
  const { path } = files.first;
  const fileName = basename(path);
  const inHeader = read?.state === 'ok' ? read.summary.name : null;
  const stem = fileName.replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '');
  const base = {
    id,
    name: note.name ?? root.name ?? inHeader ?? stem,
    renamed: note.name !== null,
    path,
    fileName,
    size: files.size,
    parts: Math.max(1, files.parts),
    source: root.source,
    owned: root.role === 'own',
    app: root.app,
    check: checkOf(note, files.stamp),
  };
  return read ? { ...base, ...read } : { ...base, state: 'reading' };
}

/** A check says nothing of a file that changed since. */
function checkOf({ check }: ModelNote, stamp: string): ModelCheck | null {
  if (!check || check.stamp !== stamp) return null;
  const { stamp: _, ...shown } = check;
  return shown;
}
