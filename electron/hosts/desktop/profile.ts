import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/** Keeps all that Chromium stores inside our data folder, so that two folders are two instances. Before `ready`. */
export function keepProfileIn(dataDir: string): void {
  const folder = join(dataDir, 'electron');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  app.setPath('userData', folder);
  app.setPath('sessionData', folder);
  app.setPath('crashDumps', join(folder, 'crashes'));
}
