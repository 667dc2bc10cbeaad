import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { InklingError } from '../contract/errors.ts';

/** Where Inkling keeps its data unless `--data-dir` says otherwise, by the custom of each system. */
export function defaultDataDir(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  if (platform === 'darwin') return join(home, 'Library/Application Support/Inkling');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData/Roaming'), 'Inkling');
  const base = env['XDG_DATA_HOME'];
  // The XDG rules say to ignore a relative path.
  return join(base && isAbsolute(base) ? base : join(home, '.local/share'), 'inkling');
}

/** Throws `bad_input` where a file stands in the way of a folder: that was a slip, no disk that may recover. */
export function checkDataDir(dataDir: string): void {
  for (let path = dataDir; path !== dirname(path); path = dirname(path)) {
    const facts = statSync(path, { throwIfNoEntry: false });
    if (facts?.isDirectory()) return;
    if (facts)
      throw new InklingError(
        'bad_input',
        `${dataDir} cannot be the data folder: ${path} is a file. Nothing was changed. Choose another folder with --data-dir.`,
      );
  }
}
