import { closeSync } from 'node:fs';
import type { Service } from '../contract/define.ts';
import { InklingError } from '../contract/errors.ts';
import type { NoteRef } from '../contract/noteRef.ts';
import type { LinkChange } from '../contract/notes.ts';
import type { NotesProcessContract } from './contract.ts';
import { openDaily } from './files/daily.ts';
import { decode } from './files/decode.ts';
import { readNote } from './files/readNote.ts';
import { fullPath, openPlain } from './files/safePath.ts';
import { saveNote } from './files/saveNote.ts';
import { createVersions, type Versions } from './files/versions.ts';
import { createFollower, type Follower } from './follow/createFollower.ts';
import type { FollowTimes } from './follow/followTimes.ts';
import { createProgress } from './follow/progress.ts';
import { listFiles } from './index/fileRows.ts';
import { createIndexHandle, type IndexHandle } from './index/indexHandle.ts';
import { planRename } from './rename/planRename.ts';
import { renameFile, updateLinks } from './rename/renameNote.ts';
import { around } from './search/around.ts';
import { findPassages } from './search/findPassages.ts';
import { searchNotes } from './search/searchNotes.ts';
import { createVectors, type Vectors } from './search/vectors.ts';

type NotesService = Service<NotesProcessContract>['notes'];

/** What is open once a data folder was named. */
interface Opened {
  readonly dataDir: string;
  readonly index: IndexHandle;
  readonly versions: Versions;
  readonly follower: Follower;
  readonly vectors: Vectors;
}

/** Renames that were planned and may be done as reviewed. */
const plansKept = 8;

/** Makes what the notes process serves. `times` are shortened by tests. */
export function createNotes(
  options: { readonly times?: Partial<FollowTimes>; readonly now?: () => number } = {},
): {
  readonly service: NotesService;
  close(): void;
} {
  const { now = Date.now } = options;
  const progress = createProgress();
  const plans = new Map<string, readonly LinkChange[]>();
  let opened: Opened | null = null;

  const current = (): Opened => {
    if (opened) return opened;
    throw new InklingError('not_found', 'No folder of notes is open yet.');
  };
  const openIn = (dataDir: string): Opened => {
    if (opened?.dataDir === dataDir) return opened;
    close();
    const index = createIndexHandle(dataDir);
    const versions = createVersions(dataDir, { now, onProblem: (error) => console.error('history:', error) });
    const vectors = createVectors(index);
    const onReady = () => tellEmbedding(vectors);
    const follower = createFollower({ index, versions, progress, onReady, now, times: options.times });
    opened = { dataDir, index, versions, follower, vectors };
    return opened;
  };
  const close = () => {
    opened?.follower.close();
    opened?.vectors.close();
    opened?.index.close();
    opened = null;
  };
  /** Asks the index; one that turns out to be damaged is made anew, and the caller asks again later. */
  const ask = <T>(work: (open: Opened) => T): T => {
    const open = current();
    try {
      return work(open);
    } catch (error) {
      if (error instanceof InklingError && error.code === 'storage_damaged') open.follower.startAnew();
      throw error;
    }
  };
  /** Vectors are computed once everything is read; that is told as a phase of its own. */
  const tellEmbedding = (vectors: Vectors) => {
    const { phase } = progress.state.index;
    vectors.takeOver();
    progress.answering(vectors.answering);
    if (vectors.embedder === null) {
      progress.set({ embedded: null });
      if (phase === 'embedding') progress.work('ready', 0, 0);
      return;
    }
    const { embedded, all } = vectors.counts();
    progress.set({ embedded });
    if (phase !== 'ready' && phase !== 'embedding') return;
    if (embedded < all) progress.work('embedding', embedded, all);
    else progress.work('ready', 0, 0);
  };
  const planKey = ({ folderId, path }: NoteRef, to: string) => [folderId, path, to].join('\0');

  const service: NotesService = {
    async *open({ dataDir, folders }, { signal }) {
      openIn(dataDir).follower.setFolders(folders);
      yield* progress.watch(signal);
    },
    list: () => ask(({ index }) => ({ notes: listFiles(index.db) })),
    tags: () =>
      ask(({ index }) => ({
        tags: index.db.all<{ tag: string; count: number }>(
          'SELECT MIN(shown) AS tag, COUNT(*) AS count FROM tags GROUP BY tag ORDER BY tag',
        ),
      })),
    read({ note }) {
      const { follower, versions } = current();
      const { text, version, readOnly, bytes, hash } = readNote(follower.root(note.folderId), note.path);
      versions.keepBase(note, hash, bytes);
      return { text, version, readOnly };
    },
    save({ note, text, base }) {
      const { follower, versions } = current();
      const saved = saveNote(follower.root(note.folderId), versions, { path: note.path, text, base });
      if (saved.type !== 'conflict') follower.touch(note);
      return saved;
    },
    planRename: ({ note, to }) =>
      ask(({ index, follower }) => {
        const changes = planRename(index.db, follower.root(note.folderId), note, to);
        plans.set(planKey(note, to), changes);
        for (const key of plans.keys()) if (plans.size > plansKept) plans.delete(key);
        return { changes };
      }),
    rename: ({ note, to, update }) => {
      const { follower, versions } = current();
      const root = follower.root(note.folderId);
      const plan = plans.get(planKey(note, to)) ?? [];
      plans.delete(planKey(note, to));
      renameFile(root, note.path, to);
      versions.move(note, to);
      const renamed = { folderId: note.folderId, path: to };
      follower.moved(note, to);
      const failed: { note: NoteRef; reason: string }[] = [];
      for (const ref of update) {
        const place = ref.folderId === note.folderId && ref.path === note.path ? renamed : ref;
        const changes = plan.filter((change) => change.note.path === ref.path);
        try {
          if (changes.length === 0) throw new InklingError('conflict', 'Its links were not reviewed.');
          updateLinks(root, versions, place, changes);
        } catch (error) {
          failed.push({ note: place, reason: error instanceof Error ? error.message : String(error) });
        }
        follower.touch(place);
      }
      return { note: renamed, updated: update.length - failed.length, failed };
    },
    daily({ folderId, date }) {
      const { follower, versions } = current();
      const { note, made } = openDaily(follower.root(folderId), versions, date);
      if (made) follower.touch(note);
      return note;
    },
    history: ({ note }) => ({ versions: current().versions.list(note) }),
    earlier({ note, id }) {
      const bytes = current().versions.earlier(note, id);
      const decoded = bytes && decode(bytes);
      if (!decoded) throw new InklingError('not_found', 'This earlier version is not kept any more.');
      return { text: decoded.text };
    },
    search: ({ query, limit }) => ask(({ index }) => ({ hits: searchNotes(index.db, query, limit) })),
    find: ({ question, scope, limit, vector }) =>
      ask(({ index, vectors }) => ({
        passages: findPassages(index.db, {
          question,
          scope,
          limit,
          byMeaning:
            // Another one may have begun to answer since the question was put to this one.
            vector === null || vector.embedder !== vectors.answering
              ? null
              : (most, within) => vectors.nearest(vector.values, most, within),
          now: now(),
        }),
      })),
    around: ({ note }) => ask(({ index, vectors }) => around(index.db, vectors, note)),
    locate({ note }) {
      const root = current().follower.root(note.folderId);
      closeSync(openPlain(root, note.path).fd);
      return { path: fullPath(root, note.path) };
    },
    setEmbedder: ({ name }) =>
      ask(({ vectors }) => {
        vectors.choose(name);
        tellEmbedding(vectors);
        return null;
      }),
    pending: ({ limit }) => ask(({ vectors }) => vectors.pending(limit)),
    addVectors: ({ vectors: added }) =>
      ask(({ vectors }) => {
        vectors.add(added);
        tellEmbedding(vectors);
        return null;
      }),
    async compare() {
      await current().follower.compare();
      return null;
    },
    async forget({ folderId, path }) {
      const { follower, versions } = current();
      await follower.compare();
      versions.forget({ folderId, path });
      follower.scrubSoon();
      return null;
    },
    hold({ held }) {
      current().follower.hold(held);
      return null;
    },
  };
  return { service, close };
}
