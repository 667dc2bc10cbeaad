import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotesState } from '../../../electron/contract/notes.ts';
import { writeRandomModel } from '../../../models/randomModel.ts';
import { type Client, openClient } from '../../client.ts';
import { makeDir, type RunningHost, removeDir, startHost } from '../../hosts/browser/startHost.ts';
import { plantNotes } from '../../notes/plantedNotes.ts';

// The whole app with the real engine; the models are of random weights, and one of them is slow.

const { notes, questions } = plantNotes({ notes: 60, questions: 3 });
const slow = {
  type: 'Q8_0',
  embedding: 384,
  layers: 8,
  heads: 12,
  kvHeads: 12,
  feedForward: 1536,
  vocabulary: 0,
} as const;
const narrow = {
  type: 'F16',
  embedding: 64,
  layers: 1,
  heads: 4,
  kvHeads: 2,
  feedForward: 128,
  vocabulary: 0,
} as const;

let dir: string;
let host: RunningHost;
let api: Client;
const at = (...parts: string[]) => join(dir, ...parts);

async function start(): Promise<void> {
  host = await startHost({ dataDir: at('data') });
  api = await openClient(host);
}
async function idOf(file: string): Promise<string> {
  const { models } = await api.library.rescan(null);
  return models.find(({ fileName }) => fileName === file)?.id ?? `no ${file}`;
}
const choose = async (file: string) => api.notes.setEmbeddingModel({ modelId: await idOf(file) });
async function until(wanted: (state: NotesState) => boolean): Promise<NotesState> {
  for await (const state of api.notes.watch(null)) if (wanted(state)) return state;
  throw new Error('the app told nothing more');
}
const known = (state: NotesState, meaning: NotesState['meaning']) =>
  state.meaning === meaning && state.index.phase === 'ready' && (state.index.embedded ?? 0) > 0;
/** Passages of an answer that were found by their meaning. */
async function byMeaning(): Promise<number> {
  const { passages } = await api.notes.find({ question: questions[0]?.question ?? '' });
  return passages.filter(({ reason }) => reason.meaning !== null).length;
}
/** A question that comes before its model is loaded is answered by words after a few seconds, so it is put again. */
const answersByMeaning = () => expect.poll(byMeaning, { timeout: 60_000 }).toBeGreaterThan(0);

beforeEach(async () => {
  dir = makeDir();
  for (const [path, text] of notes) {
    mkdirSync(dirname(at('notes', path)), { recursive: true });
    writeFileSync(at('notes', path), text);
  }
  mkdirSync(at('data/models'), { recursive: true });
  await writeRandomModel(at('data/models/first.gguf'), { seed: 2, contextLength: 1024 });
  await writeRandomModel(at('data/models/second.gguf'), { shape: slow, contextLength: 1024 });
  await writeRandomModel(at('data/models/third.gguf'), { shape: narrow, contextLength: 1024 });
  await start();
  await api.notes.addFolder({ path: at('notes') });
  await choose('first.gguf');
  await until((state) => known(state, 'chosen'));
}, 120_000);
afterEach(async () => {
  api.close();
  await host.stop('SIGKILL');
  removeDir(dir);
});

it('the model before answers by meaning until another has read the notes, through kill -9 and changes of mind', async () => {
  await choose('second.gguf');
  const middle = await until(
    ({ index, meaning }) => meaning === 'before' && index.phase === 'embedding' && (index.embedded ?? 0) > 4,
  );
  await answersByMeaning();
  await host.stop('SIGKILL');
  await start();
  const later = await until(({ index, meaning }) => meaning === 'before' && index.phase === 'embedding');
  expect(later.index.embedded).toBeGreaterThanOrEqual(middle.index.embedded ?? 0);
  await answersByMeaning();

  // Back to the first: everything is there still, and the work for the second one is given up.
  await choose('first.gguf');
  const back = await until((state) => known(state, 'chosen'));
  expect(back.index.embedded).toBe(later.index.total);
  await answersByMeaning();

  await choose('second.gguf');
  await until(({ meaning }) => meaning === 'before');
  await choose('third.gguf');
  await until((state) => known(state, 'chosen'));
  await answersByMeaning();
  await host.stop();
  const db = new DatabaseSync(at('data/notes-vectors.sqlite'), { readOnly: true });
  const kept = db.prepare('SELECT DISTINCT embedder, LENGTH(vector) AS bytes FROM vectors').all();
  db.close();
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({ bytes: 64 * 4 });
  await start();
}, 180_000);

it('notes are found by words, and that is said, while the model before is gone; it answers again when it is back', async () => {
  await choose('second.gguf');
  await until(({ meaning }) => meaning === 'before');
  renameSync(at('data/models/first.gguf'), at('first.gguf'));
  await api.library.rescan(null);
  await until(({ meaning }) => meaning === 'missing');
  expect(await byMeaning()).toBe(0);
  const { passages } = await api.notes.find({ question: questions[0]?.question ?? '' });
  expect(passages.length).toBeGreaterThan(0);
  renameSync(at('first.gguf'), at('data/models/first.gguf'));
  await api.library.rescan(null);
  await until(({ meaning }) => meaning === 'before');
  await answersByMeaning();
}, 180_000);

it('a chosen model that is gone is told as missing, and works again when its file is back', async () => {
  renameSync(at('data/models/first.gguf'), at('first.gguf'));
  await api.library.rescan(null);
  await until(({ meaning }) => meaning === 'missing');
  expect(await byMeaning()).toBe(0);
  renameSync(at('first.gguf'), at('data/models/first.gguf'));
  await api.library.rescan(null);
  await until((state) => known(state, 'chosen'));
  await answersByMeaning();
}, 180_000);
