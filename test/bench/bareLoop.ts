import { getLlama } from 'node-llama-cpp';

/*
 * node-llama-cpp's own loop and nothing else, as the yardstick: `bareLoop.ts MODEL THREADS PROMPT_TOKENS TOKENS CONTEXT`
 * prints {"tokensPerSecond", "loadMs"}. The same sampling as the app's default: a penalty reads the newest tokens.
 */
const [path = '', threads = '1', promptTokens = '32', tokens = '64', contextSize = '4096'] =
  process.argv.slice(2);
const llama = await getLlama({ gpu: 'auto', build: 'never', maxThreads: Number(threads) });
const started = performance.now();
const model = await llama.loadModel({ modelPath: path });
const context = await model.createContext({
  contextSize: Number(contextSize),
  threads: Number(threads),
});
const loadMs = performance.now() - started;
const sequence = context.getSequence();
const prompt = model
  .tokenize('the quick brown fox '.repeat(Number(promptTokens)))
  .slice(0, Number(promptTokens));

let count = 0;
let first = 0;
const recent = prompt.slice(-64);
const sampling = {
  ...{ temperature: 0.7, topK: 40, topP: 0.95, minP: 0.05, seed: 7 },
  repeatPenalty: { penalty: 1.05, punishTokens: () => [...recent] },
};
for await (const token of sequence.evaluate(prompt, { ...sampling, yieldEogToken: true })) {
  recent.push(token);
  if (recent.length > 64) recent.shift();
  if (count === 0) first = performance.now();
  if (++count > Number(tokens)) break;
}
const tokensPerSecond = ((count - 1) / (performance.now() - first)) * 1000;
process.stdout.write(`${JSON.stringify({ tokensPerSecond, loadMs })}\n`);
process.exit(0);
