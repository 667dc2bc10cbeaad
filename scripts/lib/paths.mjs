// Runs under Node 20 with nothing installed: built-in modules only.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const dist = join(root, 'dist');
/** Notes of the scripts to themselves (stamps, remembered failures); may be deleted at any time. */
export const cache = join(root, '.cache');

/** The Node that runs Inkling: the npm package `node`, the same major version that Electron embeds. */
export function ownNode() {
  const binary = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  // The real path, as `process.execPath` is one: scripts compare the two to know whether they run under it.
  return existsSync(binary) ? realpathSync(binary) : undefined;
}
