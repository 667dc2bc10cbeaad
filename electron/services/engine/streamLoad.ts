import type { Topic } from '../../base/topic.ts';
import type { EngineStatus, ModelState } from '../../contract/engine.ts';

/** Runs a load and streams how far it is; ends with the model ready, or throws. Leaving the stream cancels the load. */
export async function* streamLoad(
  modelId: string,
  signal: AbortSignal,
  status: Topic<EngineStatus>,
  run: (signal: AbortSignal) => Promise<unknown>,
): AsyncGenerator<ModelState> {
  const done = new AbortController();
  const left = new AbortController();
  const running = run(AbortSignal.any([signal, left.signal])).finally(() => done.abort());
  running.catch(() => {});
  try {
    for await (const { model, next } of status.watch(done.signal)) {
      const mine = [next, model].find((each) => each?.state === 'loading' && each.id === modelId);
      if (mine) yield mine;
    }
    await running;
    yield status.value.model;
  } finally {
    left.abort();
  }
}
