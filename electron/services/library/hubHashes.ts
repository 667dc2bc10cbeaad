import type { Entry } from './inventory.ts';
import type { ModelNotes } from './modelNotes.ts';

/** What the hub said of a model it gave: where its first part lies, and the hash of each part. */
export interface HubHashes {
  readonly path: string;
  readonly sha256: readonly string[];
}

/** Keeps what the hub said, as the list of downloads may be cleared: every byte was verified on the way here. */
export function noteHubHashes(
  entries: readonly Entry[],
  said: readonly HubHashes[],
  notes: ModelNotes,
): void {
  for (const { path, sha256 } of said) {
    const entry = entries.find(({ files }) => files.first.path === path);
    if (!entry || entry.files.problem !== null || entry.root.role !== 'own') continue;
    if (notes.get(entry.id).hub?.join() === sha256.join()) continue;
    const { stamp, first } = entry.files;
    try {
      const check = { at: first.modified, result: 'verified', against: 'hub', stamp } as const;
      notes.set(entry.id, { hub: [...sha256], check });
    } catch {
      // A disk that takes nothing is told by the storage status; the next look tries again.
      return;
    }
  }
}
