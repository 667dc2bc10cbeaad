import type { EngineStatus } from '../../contract/engine.ts';

/** Whether the engine has a model loaded, or is loading it. */
export function isInUse({ model, next }: Pick<EngineStatus, 'model' | 'next'>, id: string): boolean {
  const now = (model.state === 'ready' || model.state === 'loading') && model.id === id;
  return now || (next?.state === 'loading' && next.id === id);
}
