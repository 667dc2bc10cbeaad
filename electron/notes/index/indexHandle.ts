import type { Db } from './db.ts';
import { openIndex, removeIndex } from './openIndex.ts';

/** The index for as long as the process runs; it may be replaced by a new one when the file turns out to be damaged. */
export interface IndexHandle {
  readonly db: Db;
  /** Counts up with every change of what the index holds. */
  readonly version: number;
  changed(): void;
  /** Throws the index away and begins a new, empty one. */
  startAnew(): void;
  close(): void;
}

/** Opens the index in a data folder. Throws what {@link openIndex} throws. */
export function createIndexHandle(dataDir: string): IndexHandle {
  let db = openIndex(dataDir);
  let version = 1;
  return {
    get db() {
      return db;
    },
    get version() {
      return version;
    },
    changed() {
      version++;
    },
    startAnew() {
      db.close();
      removeIndex(dataDir);
      db = openIndex(dataDir);
      version++;
    },
    close: () => db.close(),
  };
}
