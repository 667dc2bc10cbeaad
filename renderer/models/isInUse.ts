import type { EngineStatus } from '../../electron/contract/engine.ts';

/** Whether a model is loaded, or on its way there. */
export function isInUse(engine: EngineStatus | null, id: string): boolean {
  if (!engine) return false;
  const { model, next } = engine;
  const now = (model.state === 'ready' || model.state === 'loading') && model.id === id;
  return now || (next?.state === 'loading' && next.id === id);
}
