import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, type LlamaContextSequence, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withLookup } from '../../electron/engine/llama/lookup.ts';
import { sampler } from '../../electron/engine/llama/sampler.ts';
import { writeRandomModel } from '../../models/randomModel.ts';

/** Sampling that picks the likeliest token, and such that repetition is not forbidden. */
const greedy = {
  ...{ temperature: 0, topK: 40, topP: 1, minP: 0, maxTokens: null, seed: 1 },
  ...{ presencePenalty: 0, frequencyPenalty: 0 },
};

describe('looking up what comes next in the text before', () => {
  let folder = '';
  let sequence: LlamaContextSequence;
  let dispose = async () => {};

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'inkling-engine-'));
    const modelPath = join(folder, 'tiny.gguf');
    await writeRandomModel(modelPath, { endless: true });
    const llama = await getLlama({ gpu: false, build: 'never', maxThreads: 1 });
    const model = await llama.loadModel({ modelPath });
    const context = await model.createContext({ contextSize: 1024, threads: 1 });
    sequence = context.getSequence();
    dispose = () => llama.dispose();
  });
  afterAll(async () => {
    await dispose();
    await rm(folder, { recursive: true, force: true });
  });

  /** Writes an answer with or without, and counts how many evaluations of several tokens it took. */
  const write = async (
    prompt: Token[],
    count: number,
    options: {
      lookup: boolean;
      repeatPenalty?: number;
      temperature?: number;
      insteadAt?: number;
      instead?: Token[];
    },
  ) => {
    await sequence.clearHistory();
    await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(0, -1));
    const recent = prompt.slice(-64);
    const { repeatPenalty = 1, temperature = 0 } = options;
    const sampling = sampler({ ...greedy, repeatPenalty, temperature }, recent);
    const evaluated = sequence.evaluate(prompt.slice(-1), sampling);
    let checks = 0;
    const counting = new Proxy(sequence, {
      get(target, name) {
        if (name === 'controlledEvaluate') checks++;
        const value = Reflect.get(target, name, target);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const source = options.lookup
      ? withLookup({ sequence: counting, prompt, recent, sampling, window: 64, tokens: evaluated })
      : evaluated;
    const answer: Token[] = [];
    const take = (token: Token) => {
      answer.push(token);
      recent.push(token);
      if (recent.length > 64) recent.shift();
    };
    let next = await source.next();
    while (!next.done && answer.length < count) {
      const instead = answer.length === options.insteadAt ? options.instead : undefined;
      for (const token of instead ?? [next.value as Token]) take(token);
      next = await (instead ? source.next([...instead]) : source.next());
    }
    await source.return();
    return { answer, checks, context: sequence.contextTokens };
  };
  /** A prompt that ends as the model wrote before, so that it writes it again. */
  const repeating = async () => {
    const start = [...sequence.model.tokenize('The river was there and then it was not.')];
    const { answer } = await write(start, 60, { lookup: false });
    return [...start, ...answer, ...sequence.model.tokenize('. '), ...start, ...answer.slice(0, 6)];
  };

  it.each([1, 1.05, 1.3])(
    'writes the very same greedy answer with less work, at a penalty of %d',
    async (repeatPenalty) => {
      const prompt = await repeating();
      const without = await write(prompt, 200, { lookup: false, repeatPenalty });
      const with_ = await write(prompt, 200, { lookup: true, repeatPenalty });
      expect(with_.answer).toEqual(without.answer);
      if (repeatPenalty === 1) expect(with_.checks).toBeGreaterThan(3);
      // What the context holds is what was written, whatever was guessed.
      const whole = [...prompt, ...with_.answer];
      expect(with_.context.slice(0, whole.length - 1)).toEqual(
        whole.slice(0, with_.context.length).slice(0, whole.length - 1),
      );
    },
  );

  it('lets tokens be put in the place of one, in the middle of a draft too', async () => {
    const prompt = await repeating();
    const instead = [...sequence.model.tokenize('hill')];
    for (const insteadAt of [3, 9, 10, 17]) {
      const without = await write(prompt, 80, { lookup: false, insteadAt, instead });
      const with_ = await write(prompt, 80, { lookup: true, insteadAt, instead });
      expect(with_.answer).toEqual(without.answer);
    }
  });

  it('draws by chance as without: the same tokens come as often', async () => {
    const prompt = await repeating();
    const share = async (lookup: boolean) => {
      const seen = new Map<string, number>();
      for (let seed = 0; seed < 60; seed++) {
        greedy.seed = seed;
        const { answer } = await write(prompt, 3, { lookup, temperature: 0.9 });
        const key = answer.join();
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      return seen;
    };
    const [a, b] = [await share(false), await share(true)];
    const keys = new Set([...a.keys(), ...b.keys()]);
    const distance =
      [...keys].reduce((sum, key) => sum + Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0)), 0) / 120;
    expect(keys.size).toBeGreaterThan(2);
    expect(distance).toBeLessThan(0.35);
  });
});
