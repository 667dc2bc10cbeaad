import { readFileSync } from 'node:fs';
import { getLlama } from 'node-llama-cpp';

/*
 * node-llama-cpp's own loop over texts and nothing else, as the yardstick: `bareEmbedding.ts MODEL THREADS TEXTS` reads
 * a JSON list of texts from a file and prints {"perSecond"}. The first text warms up.
 */
const [path = '', threads = '1', textsFile = ''] = process.argv.slice(2);
const texts = JSON.parse(readFileSync(textsFile, 'utf8')) as string[];
const llama = await getLlama({ gpu: 'auto', build: 'never', maxThreads: Number(threads) });
const model = await llama.loadModel({ modelPath: path });
const context = await model.createEmbeddingContext({
  contextSize: 1024,
  batchSize: 1024,
  threads: Number(threads),
});
await context.getEmbeddingFor(texts[0] ?? '');
const started = performance.now();
for (const text of texts) await context.getEmbeddingFor(text);
const perSecond = texts.length / ((performance.now() - started) / 1000);
process.stdout.write(`${JSON.stringify({ perSecond })}\n`);
process.exit(0);
