import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { IndexState } from '../../electron/contract/notes.ts';
import { analyze } from '../../electron/notes/markdown/analyze.ts';
import type { Client } from '../client.ts';
import { makeDir, removeDir } from '../hosts/browser/startHost.ts';
import { plantNotes } from '../notes/plantedNotes.ts';
import { answerSpeed } from './decode.ts';
import { benchEmbedder } from './embedder.ts';
import { median } from './figures.ts';
import { writeNotes } from './notes.ts';
import { loadModel, openBenchApp } from './openBenchApp.ts';

/** How fast notes are indexed with vectors, and what chats notice of it. */
export interface IndexingFigures {
  /** Passages a second from the choice of a folder to the last vector, against the bare embedding loop. */
  readonly indexRatio: number;
  readonly embeddedPerSecond: number;
  readonly bareEmbeddedPerSecond: number;
  /** Tokens a second of a chat while notes are indexed, against a quiet machine. */
  readonly chatWhileIndexing: number;
}

/** The engine of vectors leaves half the cores to whoever chats. */
const threads = Math.max(1, Math.floor(cpus().length / 2));

/** Measures on the built app with real models of random weights. */
export async function measureIndexing(chatModel: string, rounds: number): Promise<IndexingFigures> {
  const dir = makeDir();
  const { app, api, add, close } = await openBenchApp();
  try {
    const embedder = await benchEmbedder();
    const embedderId = await add(embedder);
    await api.notes.setEmbeddingModel({ modelId: embedderId });
    // The first note loads the model; loads are measured elsewhere.
    await addFolder(api, join(dir, 'first'), new Map([['one.md', 'A note.\n']]));
    await indexed(api);

    const ratios: number[] = [];
    const own: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const { notes } = plantNotes({ notes: 60, questions: 1, seed: 100 + round });
      const folder = join(dir, `round-${round}`);
      writeNotes(folder, notes);
      const { passages: before } = await indexed(api);
      const started = performance.now();
      await api.notes.addFolder({ path: folder });
      const { passages } = await indexed(api, before);
      const perSecond = (passages - before) / ((performance.now() - started) / 1000);
      const barely = bareSpeed(embedder, join(dir, 'texts.json'), notes);
      own.push(perSecond);
      bare.push(barely);
      ratios.push(perSecond / barely);
    }

    const modelId = await add(chatModel);
    await loadModel(api, modelId);
    const speed = async () => (await answerSpeed(app, modelId)).tokensPerSecond;
    await speed();
    await api.notes.setEmbeddingModel({ modelId: null });
    await addFolder(api, join(dir, 'many'), plantNotes({ notes: 2000, questions: 1, seed: 99 }).notes);
    await indexed(api, 1);
    const slowed: number[] = [];
    // In turns, so that whatever else the machine does hits both.
    for (let round = 0; round < rounds; round++) {
      const quiet = await speed();
      await api.notes.setEmbeddingModel({ modelId: embedderId });
      await atWork(api);
      slowed.push((await speed()) / quiet);
      await atWork(api);
      await api.notes.setEmbeddingModel({ modelId: null });
    }
    return {
      indexRatio: median(ratios),
      embeddedPerSecond: median(own),
      bareEmbeddedPerSecond: median(bare),
      chatWhileIndexing: median(slowed),
    };
  } finally {
    await close();
    removeDir(dir);
  }
}

async function addFolder(api: Client, path: string, notes: ReadonlyMap<string, string>): Promise<void> {
  writeNotes(path, notes);
  await api.notes.addFolder({ path });
}

/** The state of the index once everything is read and has its vector; with more passages than `before`. */
async function indexed(api: Client, before = 0): Promise<IndexState> {
  for await (const { index, embeddingModelId } of api.notes.watch(null)) {
    if (index.problem) throw new Error(index.problem.message);
    if (index.phase !== 'ready' || index.passages <= before) continue;
    if (embeddingModelId === null || (index.embedded ?? 0) > 0) return index;
  }
  throw new Error('the app told nothing of its index');
}

/** Waits until one more passage has its vector; fails where all have: then nothing would be measured. */
async function atWork(api: Client): Promise<void> {
  let before: number | null = null;
  for await (const { index } of api.notes.watch(null)) {
    if (index.embedded === null) continue;
    before ??= index.embedded;
    if (index.embedded > before) return;
    if (index.phase === 'ready' && index.embedded > 0)
      throw new Error('the notes were indexed before the chat ended');
  }
}

/** Passages a second of the bare loop over the same texts. */
function bareSpeed(model: string, file: string, notes: ReadonlyMap<string, string>): number {
  const texts = [...notes.values()].flatMap((text) =>
    analyze(text).passages.map(({ heading, start, end }) =>
      [heading, text.slice(start, end)].filter((part) => part !== '').join('\n'),
    ),
  );
  writeFileSync(file, JSON.stringify([...new Set(texts)]));
  const script = join(import.meta.dirname, 'bareEmbedding.ts');
  const output = execFileSync(process.execPath, [script, model, String(threads), file], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return (JSON.parse(output.trim().split('\n').at(-1) ?? '{}') as { perSecond: number }).perSecond;
}
