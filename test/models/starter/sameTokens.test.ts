import { getLlama, type Llama, type LlamaContext, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { starterFile } from './evaluate.ts';
import { readSameTokens } from './readSameTokens.ts';

let llama: Llama;
let model: LlamaModel;
let context: LlamaContext;
let cases: Awaited<ReturnType<typeof readSameTokens>>;

beforeAll(async () => {
  cases = await readSameTokens();
  llama = await getLlama({ gpu: false, maxThreads: 1, build: 'never', progressLogs: false });
  model = await llama.loadModel({ modelPath: starterFile });
  context = await model.createContext({ contextSize: 1024, threads: 1 });
});
afterAll(() => llama?.dispose());

it('llama.cpp cuts the prompts into the tokens that the trainer learned from', () => {
  expect(cases.length).toBeGreaterThanOrEqual(12);
  for (const { messages, prompt } of cases) {
    const turns = messages.map(({ role, text }) => `<|im_start|>${role}\n${text}<|im_end|>\n`);
    expect(model.tokenize(`${turns.join('')}<|im_start|>assistant\n`, true)).toEqual(prompt);
  }
});

it('llama.cpp goes on with the same tokens as the trainer', async () => {
  for (const { prompt, next } of cases) {
    const sequence = context.getSequence();
    const said: Token[] = [];
    for await (const token of sequence.evaluate(prompt as Token[], { temperature: 0, yieldEogToken: true })) {
      said.push(token);
      if (said.length === next.length) break;
    }
    sequence.dispose();
    expect(said, model.detokenize(said)).toEqual(next);
  }
});
