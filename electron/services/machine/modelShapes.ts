import { stat } from 'node:fs/promises';
import type { ModelShape } from '../../engine/scan/contract.ts';
import type { Scanner } from '../library/scanner.ts';

/** Files whose shape is kept. */
const most = 200;

/** Reads what files say about their build, each once while it stays the same. Fails as {@link Scanner.read} does. */
export function createModelShapes(scanner: Pick<Scanner, 'read'>): (path: string) => Promise<ModelShape> {
  const known = new Map<string, Promise<ModelShape>>();
  return async (path) => {
    const facts = await stat(path).catch(() => null);
    const key = `${path}:${facts?.size}:${facts?.mtimeMs}`;
    const reading = known.get(key) ?? scanner.read(path).then(({ shape }) => shape);
    if (known.size >= most) known.clear();
    known.set(key, reading);
    // A disk that answers again is asked again.
    reading.catch(() => known.delete(key));
    return reading;
  };
}
