import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

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
