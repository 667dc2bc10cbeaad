import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { startEngine } from './startEngine.ts';

it.runIf(process.platform === 'linux')(
  'the engine offers itself when memory runs out, before the app',
  async () => {
    const engine = startEngine();
    onTestFinished(() => engine.stop());
    await engine.api.ping(null);
    expect(readFileSync(`/proc/${engine.process.pid}/oom_score_adj`, 'utf8').trim()).toBe('1000');
  },
);
