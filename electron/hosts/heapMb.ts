import type { Entries } from './entries.ts';

/** Heaps of the processes that read foreign files, in MB; the others choose for themselves. */
export function heapMb(entries: Entries, entry: string): number | undefined {
  if (entry === entries.scan) return 256;
  if (entry === entries.reader) return 768;
  return undefined;
}
