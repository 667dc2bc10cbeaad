import { readFile } from 'node:fs/promises';
import { getLlama, type Llama, type LlamaContext, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { starterFile } from './evaluate.ts';

const fixture = z.array(
  z.object({
    messages: z.array(z.object({ role: z.string(), text: z.string() })),
    prompt: z.array(z.int()),
    next: z.array(z.int()),
  }),
);

let llama: Llama;
let model: LlamaModel;
let context: LlamaContext;
let cases: z.infer<typeof fixture>;

beforeAll(async () => {
  const file = new URL('../../../models/starter/sameTokens.json', import.meta.url);
  cases = fixture.parse(JSON.parse(await readFile(file, 'utf8')));
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
