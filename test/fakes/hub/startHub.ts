import { onTestFinished } from 'vitest';
import { type FakeHub, openHub } from './openHub.ts';

export type { FakeHub } from './openHub.ts';

/** Starts a {@link FakeHub}; it ends with the test. */
export async function startHub(): Promise<FakeHub> {
  const hub = await openHub();
  onTestFinished(() => hub.close());
  return hub;
}
