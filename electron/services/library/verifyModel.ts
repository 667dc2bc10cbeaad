import type { ModelCheck } from '../../contract/library.ts';
import type { Hasher } from './hasher.ts';
import type { Entry } from './inventory.ts';
import type { ModelNotes } from './modelNotes.ts';
import type { Scanner } from './scanner.ts';

/** How far a check is; `check` comes with the last event. */
export interface VerifyProgress {
  readonly read: number;
  readonly size: number;
  readonly check: ModelCheck | null;
}

/**
 * Reads every byte of a model and compares with the hash that is known of it. Where none is, its structure is checked
 * and its hash noted for the next time. Throws `model_missing` or `model_invalid`.
 */
export async function* verifyModel(options: {
  entry: Entry;
  notes: ModelNotes;
  hasher: Hasher;
  scanner: Scanner;
  signal: AbortSignal;
  now?: () => number;
}): AsyncGenerator<VerifyProgress> {
  const { entry, notes, signal, now = Date.now } = options;
  const { files, size, stamp } = entry.files;
  const found: string[] = [];
  let before = 0;
  for (const file of files) {
    for await (const { read, sha256 } of options.hasher.hash(file.path, signal)) {
      if (sha256 === null) yield { read: before + read, size, check: null };
      else found.push(sha256);
    }
    before += file.size;
  }
  const note = notes.get(entry.id);
  const known = knownHash(entry, note.hub, note.seen?.sha256 ?? null);
  if (known.against === null) for (const file of files) await options.scanner.read(file.path);
  signal.throwIfAborted();
  const check: ModelCheck = { at: now(), against: known.against, result: compare(known.sha256, found) };
  notes.set(entry.id, { check: { ...check, stamp }, seen: { sha256: found, stamp } });
  yield { read: size, size, check };
}

function knownHash(
  { root, files }: Entry,
  hub: readonly string[] | null,
  earlier: readonly string[] | null,
): { against: ModelCheck['against']; sha256: readonly string[] | null } {
  if (hub) return { against: 'hub', sha256: hub };
  if (root.sha256?.length === files.parts) return { against: 'app', sha256: root.sha256 };
  if (earlier) return { against: 'earlier', sha256: earlier };
  return { against: null, sha256: null };
}

function compare(known: readonly string[] | null, found: readonly string[]): ModelCheck['result'] {
  if (!known) return 'noted';
  return known.length === found.length && known.every((hash, n) => hash === found[n])
    ? 'verified'
    : 'differs';
}
