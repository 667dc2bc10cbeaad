import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { notesProcessContract } from '../../electron/notes/contract.ts';
import { startChild } from '../engine/startEngine.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { median } from './figures.ts';

/** Over the wire of the real process with 10,000 notes: searches in ms (the median), and notes read a second. */
export interface NotesFigures {
  readonly keywordMs: number;
  readonly findMs: number;
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
  for (const [path, text] of notes) {
    const file = join(dir, 'notes', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const child = startChild('electron/notes/main.ts', notesProcessContract);
  const api = child.api.notes;
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
    return {
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
  } finally {
    await child.stop();
    removeDir(dir);
  }
}
