import { createHash } from 'node:crypto';
import { createTopic } from '../../../base/topic.ts';
import { InklingError } from '../../../contract/errors.ts';
import type { OtherModel, OtherModels } from '../../../contract/library.ts';
import type { Hasher } from '../hasher.ts';
import type { ModelNotes } from '../modelNotes.ts';
import type { Shelf } from '../shelf.ts';
import type { AddedSource } from '../sources.ts';
import { toModel } from '../toModel.ts';
import type { AppFinds, Candidate } from './candidate.ts';
import { type Comparable, createComparison } from './compare.ts';
import { findGpt4all, findLmStudio, findOldLlamaCpp } from './folderApps.ts';
import { findHuggingFace } from './huggingFace.ts';
import { findJan } from './jan.ts';
import { findOllama } from './ollama.ts';
import type { AppWorld } from './places.ts';

/** Every app that is known, in the order they are shown. */
const finders: readonly ((world: AppWorld) => Promise<AppFinds>)[] = [
  findLmStudio,
  findOllama,
  findHuggingFace,
  findJan,
  findGpt4all,
  findOldLlamaCpp,
];

/** Finds what other apps have, for the person to choose from; nothing of theirs is ever changed. */
export interface OtherApps {
  /** Looks once, and tells what is found on the way. */
  look(signal: AbortSignal): AsyncIterable<OtherModels>;
  /** What to add for ids of the newest look. Throws `not_found`. */
  chosen(ids: readonly string[]): AddedSource[];
}

interface Kept extends Comparable {
  readonly shown: OtherModel;
  readonly source: AddedSource;
}

/** Makes {@link OtherApps} of an account. */
export function createOtherApps(options: {
  readonly world: AppWorld;
  readonly shelf: Shelf;
  readonly notes: ModelNotes;
  readonly hasher: Hasher;
}): OtherApps {
  const { world, shelf, notes, hasher } = options;
  let newest: readonly Kept[] = [];

  const own = (): (Comparable & { name: string })[] =>
    shelf.entries.map((entry) => {
      const { files, size } = entry.files;
      const note = notes.get(entry.id);
      const seen = note.seen?.stamp === entry.files.stamp ? note.seen.sha256 : null;
      const name = shelf.topic.value.models.find(({ id }) => id === entry.id)?.name;
      return {
        files,
        size,
        sha256: seen ?? note.hub ?? entry.root.sha256,
        name: name ?? toModel(entry, null, note).name,
      };
    });

  async function run(told: ReturnType<typeof createTopic<OtherModels>>, signal: AbortSignal): Promise<void> {
    const comparison = createComparison({
      hasher,
      signal,
      onProgress: () => told.update((now) => ({ ...now, ...comparison.progress })),
    });
    await shelf.settled();
    const candidates: Candidate[] = [];
    for (const find of finders) {
      const { places, candidates: more } = await find(world);
      signal.throwIfAborted();
      candidates.push(...more);
      const app = more[0]?.app;
      if (app)
        told.update((now) => ({ ...now, places: [...now.places, ...places.map((path) => ({ app, path }))] }));
    }
    told.update((now) => ({ ...now, state: 'comparing' }));
    const mine = own();
    const kept: Kept[] = [];
    for (const candidate of candidates) {
      const twin = await firstSame(kept, candidate, comparison.isSame);
      if (twin) {
        told.update((now) => ({ ...now, duplicates: now.duplicates + 1 }));
        continue;
      }
      const known = await firstSame(mine, candidate, comparison.isSame);
      kept.push(keep(candidate, known?.name ?? null));
      newest = kept;
      told.update((now) => ({ ...now, models: kept.map(({ shown }) => shown) }));
    }
    newest = kept;
    told.update((now) => ({ ...now, state: 'done' }));
  }

  return {
    async *look(signal) {
      const told = createTopic<OtherModels>({
        state: 'looking',
        models: [],
        places: [],
        duplicates: 0,
        compared: 0,
        toCompare: 0,
      });
      const stop = new AbortController();
      const either = AbortSignal.any([signal, stop.signal]);
      let failure: unknown = null;
      const running = run(told, either).catch((error: unknown) => {
        failure = error;
        stop.abort(error);
      });
      try {
        for await (const now of told.watch(either)) {
          yield now;
          if (now.state === 'done') break;
        }
        signal.throwIfAborted();
        if (failure !== null) throw failure;
      } finally {
        stop.abort();
        await running;
      }
    },
    chosen: (ids) =>
      ids.map((id) => {
        const found = newest.find(({ shown }) => shown.id === id && shown.problem === null);
        if (found) return found.source;
        throw new InklingError(
          'not_found',
          'These models are not of the newest look. Look again, then choose.',
        );
      }),
  };
}

async function firstSame<T extends Comparable>(
  all: readonly T[],
  one: Comparable,
  isSame: (a: Comparable, b: Comparable) => Promise<boolean>,
): Promise<T | null> {
  for (const other of all) if (await isSame(other, one)) return other;
  return null;
}

function keep(candidate: Candidate, known: string | null): Kept {
  const { app, name, keptName, path, files, parts, size, sha256, note, problem } = candidate;
  const id = createHash('sha256').update(path).digest('hex').slice(0, 20);
  return {
    files,
    size,
    sha256,
    shown: { id, app, name, path, size, parts, note, problem, known },
    source: { path, kind: 'file', name: keptName, app, sha256: sha256 && [...sha256] },
  };
}
