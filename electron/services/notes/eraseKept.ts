import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { keptNames } from '../../notes/contract.ts';

/** Erases all that was kept of notes in a data folder: index, vectors, earlier versions. Only while no notes process runs. */
export async function eraseKept(dataDir: string): Promise<void> {
  const files = keptNames.databases.flatMap((name) =>
    ['', '-wal', '-shm', '-journal'].map((end) => name + end),
  );
  for (const name of [...files, keptNames.history])
    await rm(join(dataDir, name), { recursive: true, force: true });
}
