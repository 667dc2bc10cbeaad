import type { GenerateWish } from '../../engine/contract.ts';
import type { Engine } from './createEngine.ts';

/** What is asked of a model that nobody needs: with the likeliest words, without a thought. */
export interface AsideWish {
  readonly messages: GenerateWish['messages'];
  readonly sampling: NonNullable<GenerateWish['sampling']>;
  readonly grammar?: string;
}

/** Nobody wants anything of the engine. */
export const isFree = (engine: Engine): boolean => !engine.busy() && engine.status.value.waiting === 0;

/** Asks the loaded model something that nobody waits for. Null: given up, because somebody wants the engine. */
export async function askAside(engine: Engine, wish: AsideWish, signal: AbortSignal): Promise<string | null> {
  const wanted = new AbortController();
  const inner = AbortSignal.any([signal, wanted.signal]);
  const release = await engine.takeTurn(inner, () => wanted.abort());
  const left = new AbortController();
  const giveWay = async () => {
    for await (const { waiting } of engine.status.watch(left.signal)) if (waiting > 0) wanted.abort();
  };
  void giveWay();
  try {
    const input = {
      ...wish,
      sampling: { ...wish.sampling, temperature: 0 },
      thinking: { on: false, budget: 1 },
    };
    let answer = '';
    for await (const event of engine.generate(input, inner)) if (event.type === 'text') answer += event.text;
    return inner.aborted ? null : answer;
  } finally {
    left.abort();
    release();
  }
}
