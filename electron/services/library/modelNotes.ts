import { join } from 'node:path';
import { z } from 'zod';
import { modelCheck } from '../../contract/library.ts';
import { readJsonFile, writeJsonFile } from './jsonFile.ts';
import { sha256 } from './sources.ts';

/** What is kept of a model beside its file: nothing of it is ever written into the file. Hashes are of its parts, in order. */
const modelNote = z.object({
  /** The name the person gave. */
  name: z.string().nullable().default(null),
  /** What the hub said, for a model that was fetched from it. */
  hub: z.array(sha256).nullable().default(null),
  /** What a check found, and the stamp of the files at that time. */
  seen: z
    .object({ sha256: z.array(sha256), stamp: z.string() })
    .nullable()
    .default(null),
  check: modelCheck.extend({ stamp: z.string() }).nullable().default(null),
});
export type ModelNote = z.infer<typeof modelNote>;

const fileSchema = z.object({ models: z.record(z.string(), z.unknown()) });
const empty: ModelNote = { name: null, hub: null, seen: null, check: null };

/** Notes by model id, kept in `model-notes.json` of the data folder. */
export interface ModelNotes {
  get(id: string): ModelNote;
  /** Changes some of a model's note. Throws `storage_full` or `storage_failed`; the note is then as it was. */
  set(id: string, change: Partial<ModelNote>): void;
  /** As {@link ModelNotes.set}. */
  remove(id: string): void;
}

/** Opens the notes. One that is not understood is passed over and kept. */
export function openModelNotes(dataDir: string): ModelNotes {
  const path = join(dataDir, 'model-notes.json');
  let raw = readJsonFile(path, (value) => fileSchema.parse(value).models) ?? {};
  const notes = new Map(
    Object.entries(raw).flatMap(([id, value]) => {
      const note = modelNote.safeParse(value);
      return note.success ? [[id, note.data] as const] : [];
    }),
  );
  const save = (next: Record<string, unknown>) => {
    writeJsonFile(path, { models: next });
    raw = next;
  };
  return {
    get: (id) => notes.get(id) ?? empty,
    set(id, change) {
      const note = { ...(notes.get(id) ?? empty), ...change };
      save({ ...raw, [id]: note });
      notes.set(id, note);
    },
    remove(id) {
      if (!(id in raw)) return;
      const { [id]: _, ...rest } = raw;
      save(rest);
      notes.delete(id);
    },
  };
}
