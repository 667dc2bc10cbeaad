import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { ask, load, startEngine } from './startEngine.ts';

/** Prompts of more than 100 tokens. */
export const long = 'The river was there and then it was not. '.repeat(12);
export const other = 'A hill is a hill, said the old man of the house. '.repeat(12);
/** Short answers, always the same. */
export const sampling = { seed: 1, maxTokens: 4 };

/** A real engine, the tiny model, and a folder for states that is new for every test. `forbidden` as for {@link startEngine}. */
export function stateDesk(forbidden = false) {
  let models = '';
  let folder = '';
  let engine = startEngine(forbidden);

  beforeAll(async () => {
    models = mkdtempSync(join(tmpdir(), 'inkling-engine-'));
    await writeRandomModel(tiny());
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkling-states-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  afterAll(async () => {
    await engine.stop();
    rmSync(models, { recursive: true, force: true });
  });

  const model = (name: string) => join(models, name);
  const tiny = () => model('tiny.gguf');
  const keep = (chat: string, budget = 1e9) => ({ chat, folder, budget, spare: 0 });
  const files = () => readdirSync(folder).sort();
  const open = (path = tiny(), options: Parameters<typeof load>[2] = {}) => load(engine.api, path, options);
  const say = async (chat: string, text: string, budget?: number) => {
    const answer = await ask(engine.api, text, { sampling, keep: keep(chat, budget) });
    return { ...answer.finished.stats, answer: answer.text };
  };
  const stateOf = (chat: string) => {
    const name = files().find((file) => file.startsWith(`${chat}.`) && file.endsWith('.state'));
    return name === undefined ? undefined : join(folder, name);
  };
  return {
    /** A path in the folder of models. */
    model,
    tiny,
    keep,
    files,
    say,
    stateOf,
    load: open,
    api: () => engine.api,
    stderr: () => engine.stderr(),
    async restart() {
      await engine.stop();
      engine = startEngine(forbidden);
    },
    forgetFolder: () => rmSync(folder, { recursive: true }),
    /** Asks once so that a state lies there, and empties the context. */
    async keepOne(chat = 'a') {
      await open();
      const cold = await say(chat, long);
      await engine.api.unload(null);
      const path = stateOf(chat);
      if (path === undefined) throw new Error('no state was kept');
      return { path, cold };
    },
  };
}
