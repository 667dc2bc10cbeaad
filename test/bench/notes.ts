import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Api } from '../../electron/contract/define.ts';
import { type NotesProcessContract, notesProcessContract } from '../../electron/notes/contract.ts';
import { startChild, startEngine } from '../engine/startEngine.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { createDice } from '../notes/plantedFacts.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { benchEmbedder } from './embedder.ts';
import { median } from './figures.ts';

/** Over the wire of the real processes with 10,000 notes: searches in ms (the median), and notes read a second. */
export interface NotesFigures {
  readonly keywordMs: number;
  /** Passages for a question: by words; and by words and meaning, with the time that the question's vector takes. */
  readonly findMs: number;
  readonly hybridMs: number;
  readonly indexPerSecond: number;
}

/** What people type, one key after the other, and whole words. */
const typed = [
  't',
  'th',
  'the',
  'co',
  'cod',
  'code',
  'code of',
  'code of the',
  'anna',
  'garden',
  'on monday',
  'key bo',
];

/** Writes notes, has them read, and asks. */
export async function measureNotes(count = 10_000): Promise<NotesFigures> {
  const dir = makeDir();
  const { notes, questions } = plantNotes({ notes: count, questions: 40 });
  writeNotes(join(dir, 'notes'), notes);
  const child = startChild('electron/notes/main.ts', notesProcessContract);
  const api = child.api.notes;
  const embedding = startEngine();
  try {
    const started = performance.now();
    const folders = [{ id: 'notes', path: join(dir, 'notes') }];
    for await (const { index } of api.open({ dataDir: join(dir, 'data'), folders }))
      if (index.phase === 'ready' && index.notes === count) break;
    const indexPerSecond = count / ((performance.now() - started) / 1000);
    const time = async (task: () => Promise<unknown>) => {
      const begun = performance.now();
      await task();
      return performance.now() - begun;
    };
    const times = async (tasks: readonly (() => Promise<unknown>)[]) => {
      const all: number[] = [];
      for (let round = 0; round < 3; round++) for (const task of tasks) all.push(await time(task));
      // The first round reads the index from the disk.
      return median(all.slice(tasks.length));
    };
    const byWords = {
      keywordMs: await times(typed.map((query) => () => api.search({ query }))),
      findMs: await times(
        questions.map(
          ({ question }) =>
            () =>
              api.find({ question }),
        ),
      ),
      indexPerSecond,
    };
    const { api: engine } = embedding;
    const { dimensions } = await engine.openEmbedder({ path: await benchEmbedder() });
    await fillVectors(api, dimensions);
    const byBoth = questions.map(({ question }) => async () => {
      const { vectors } = await engine.embed({ texts: [question] });
      const { passages } = await api.find({
        question,
        vector: { embedder: benchName, values: vectors[0] ?? '' },
      });
      if (!passages.some(({ reason }) => reason.meaning !== null)) throw new Error('nothing by meaning');
    });
    return { ...byWords, hybridMs: await times(byBoth) };
  } finally {
    await embedding.stop();
    await child.stop();
    removeDir(dir);
  }
}

/** Writes notes into a folder on the disk. */
export function writeNotes(folder: string, notes: ReadonlyMap<string, string>): void {
  for (const [path, text] of notes) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

const benchName = 'bench';

/** Gives every passage some vector: which one changes nothing in the time of a search. */
async function fillVectors(api: Api<NotesProcessContract>['notes'], dimensions: number): Promise<void> {
  await api.setEmbedder({ name: benchName });
  const dice = createDice(7);
  const some = () => Float32Array.from({ length: dimensions }, () => dice.below(2001) / 1000 - 1);
  for (;;) {
    const { passages } = await api.pending({ limit: 500 });
    if (passages.length === 0) return;
    await api.addVectors({
      vectors: passages.map(({ hash }) => ({ hash, vector: Buffer.from(some().buffer).toString('base64') })),
    });
  }
}
