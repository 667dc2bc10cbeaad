import { copyFileSync, existsSync, renameSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeRandomModel } from '../../models/randomModel.ts';
import { builtEntry, makeDir, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { measureDecode } from './decode.ts';
import { measureDownloading } from './downloading.ts';
import { median, printTable } from './figures.ts';
import { measureIndexing } from './indexing.ts';
import { measureLoad } from './loadRatio.ts';
import { measureManyChats } from './manyChats.ts';
import { measureNotes } from './notes.ts';
import { measureReopening } from './reopening.ts';
import { measureStopping } from './stopping.ts';
import { measureSwitchMemory } from './switchMemory.ts';
import { measureTokenCost, type TokenCost } from './tokenCost.ts';

/*
 * `npm run bench`: ratios taken within one run, since machines differ and are noisy.
 * --json prints one JSON object as the last line; --quick takes fewer rounds.
 */
const root = join(import.meta.dirname, '../..');
const quick = process.argv.includes('--quick');
const json = process.argv.includes('--json');
const say = (text: string) => process.stderr.write(`${text}\n`);

async function timeToReady(rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const dataDir = makeDir();
    const started = performance.now();
    const app = await startHost({ entry: builtEntry, dataDir });
    // The first start reads the files from the disk; it warms up.
    if (round > 0) times.push(performance.now() - started);
    await app.stop();
    removeDir(dataDir);
  }
  return median(times);
}

async function benchModel(shape: '0.1B' | '0.5B' = '0.1B'): Promise<string> {
  const path = join(tmpdir(), `inkling-bench-${shape}.gguf`);
  if (existsSync(path)) return path;
  // A bench that was stopped leaves no half model under this name.
  const unfinished = `${path}.${process.pid}`;
  await writeRandomModel(unfinished, { shape, endless: true });
  renameSync(unfinished, path);
  return path;
}

/** Two models of the same size, so that memory can be compared. */
async function twoModels(): Promise<[string, string]> {
  const first = await benchModel();
  const second = first.replace(/\.gguf$/, '-other.gguf');
  if (!existsSync(second)) copyFileSync(first, second);
  return [first, second];
}

const rounds = quick ? 1 : 5;
say('time to ready …');
const readyMs = await timeToReady(rounds);
say('10,000 chats …');
const many = await measureManyChats();
say('decoding through the app and in the bare loop …');
const decode = await measureDecode(await benchModel(), rounds);
say('loading through the app and bare …');
const load = await measureLoad(await benchModel(), rounds);
say('memory over 20 switches …');
const switching = await measureSwitchMemory(await twoModels(), quick ? 6 : 20);
say('a chat of 3,000 tokens, opened again after a restart …');
const reopening = await measureReopening(await benchModel('0.5B'));
say('downloading, and curl …');
const downloading = await measureDownloading(builtEntry, quick ? 1 : 3);
say('10,000 notes …');
const notes = await measureNotes();
say('indexing with vectors, the bare embedding loop, and chats meanwhile …');
const indexing = await measureIndexing(await benchModel(), quick ? 1 : 3);
say('stopping …');
const stopping = await measureStopping(await benchModel(), rounds);
say('cost of a streamed token, in a real browser (about 3 minutes) …');
const cost = await measureTokenCost(root);

const flatness = Math.max(
  cost.late.scriptMs / cost.early.scriptMs,
  cost.lateInLongChat.scriptMs / cost.inLongChat.scriptMs,
);
const all = [cost.early, cost.late, cost.inLongChat, cost.lateInLongChat];
const longestFrameMs = Math.max(...all.map((each) => each.longestFrameMs));
const fixed = (value: number | null, digits = 2) => (value === null ? 'unknown' : value.toFixed(digits));
const costRow = (name: string, each: TokenCost) =>
  [
    name,
    `${fixed(each.scriptMs)} ms script, ${fixed(each.taskMs)} ms in all, host ${fixed(each.hostMs)} ms, ${fixed(each.framesPerSecond, 0)} frames/s`,
    'under 1 ms script, above 50 frames/s',
  ] as const;

say('');
printTable([
  ['what', 'measured', 'promised'],
  [
    'decode, app : bare loop',
    `${fixed(decode.decodeRatio)} (${fixed(decode.app, 1)} : ${fixed(decode.bare, 1)} tokens/s, ${decode.chosenThreads} threads)`,
    'at least 0.95',
  ],
  [
    'chosen threads : best',
    `${fixed(decode.threadChoiceRatio)} (${decode.sweep.map((entry) => `${entry.threads}: ${fixed(entry.tokensPerSecond, 1)}`).join(', ')})`,
    'at least 0.95',
  ],
  costRow('token 50 to 550', cost.early),
  costRow('token 4,600 to 5,100', cost.late),
  costRow('token 50 to 550 of a 1,000-message chat', cost.inLongChat),
  costRow('token 9,500 to 10,000 of the same answer', cost.lateInLongChat),
  ['script cost, late : early', fixed(flatness), 'flat'],
  ['longest frame while streaming', `${fixed(longestFrameMs, 0)} ms`, 'under 50 ms'],
  ['1,000-message chat, click to its end', `${fixed(cost.openLongChatMs, 0)} ms`, 'under 150 ms'],
  ['10,000 chats listed', `${fixed(many.listMs, 0)} ms`, 'under 100 ms'],
  ['slowest of 10 searches in them', `${fixed(many.searchMs, 0)} ms`, 'under 50 ms'],
  [
    'load, app : bare',
    `${fixed(load.loadRatio)} (${fixed(load.loadMs, 0)} : ${fixed(load.bareLoadMs, 0)} ms)`,
    'near 1',
  ],
  [
    'first token of a chat opened again : at first',
    `${fixed(reopening.reopenRatio)} (${fixed(reopening.reopenedFirstTokenMs, 0)} : ${fixed(reopening.coldFirstTokenMs, 0)} ms, ${reopening.reopenedTokens} tokens)`,
    'at most 0.15',
  ],
  ['memory after all switches : the first', fixed(switching.switchMemoryGrowth), 'at most 1.10'],
  ['download, app : curl', fixed(downloading.downloadVsCurl), 'at least 0.90'],
  ['the same on a line of 2.5 Gbit/s', fixed(downloading.downloadVsCurlOnFastLine), 'at least 0.90'],
  [
    'download, app : curl and the hash of its file',
    fixed(downloading.downloadVsCurlAndHash),
    'at least 0.90',
  ],
  ['memory for a download', `${fixed(downloading.downloadPeakMiB, 0)} MiB`, 'constant'],
  ['10,000 notes, search as you type', `${fixed(notes.keywordMs, 1)} ms`, 'under 30 ms'],
  [
    'passages for a question, by words',
    `${fixed(notes.findMs, 1)} ms (indexed ${fixed(notes.indexPerSecond, 0)} notes/s)`,
    'under 80 ms',
  ],
  ['passages for a question, by words and meaning', `${fixed(notes.hybridMs, 1)} ms`, 'under 80 ms'],
  [
    'indexing with vectors : bare embedding loop',
    `${fixed(indexing.indexRatio)} (${fixed(indexing.embeddedPerSecond, 1)} : ${fixed(indexing.bareEmbeddedPerSecond, 1)} passages/s)`,
    'near 1',
  ],
  ['chat while indexing : quiet', fixed(indexing.chatWhileIndexing), 'at least 0.90'],
  ['Stop to a free engine', `${fixed(stopping.stopMs, 0)} ms`, 'under 500 ms'],
  ['vanished window to a free engine', `${fixed(stopping.vanishMs, 0)} ms`, 'under 1000 ms'],
  ['engine killed to told', `${fixed(stopping.crashToldMs, 0)} ms`, 'under 2000 ms'],
  ['address to first screen', `${fixed(cost.firstScreenMs, 0)} ms`, 'under 1000 ms'],
  ['start to ready, headless', `${fixed(readyMs, 0)} ms`, 'under 1500 ms'],
]);
say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}`);

if (json) {
  const { decodeRatio, threadChoiceRatio } = decode;
  console.log(
    JSON.stringify({
      decodeRatio,
      threadChoiceRatio,
      tokenCostFlatness: flatness,
      readyMs,
      longestFrameMs,
      openLongChatMs: cost.openLongChatMs,
      firstScreenMs: cost.firstScreenMs,
      ...stopping,
      ...downloading,
      loadRatio: load.loadRatio,
      reopenRatio: reopening.reopenRatio,
      switchMemoryGrowth: switching.switchMemoryGrowth,
      ...many,
      ...notes,
      indexRatio: indexing.indexRatio,
      chatWhileIndexing: indexing.chatWhileIndexing,
    }),
  );
}
