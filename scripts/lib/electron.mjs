// Runs under Node 20 with nothing installed: built-in modules only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.mjs';

const names = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/** Electron's program: from ELECTRON_OVERRIDE_DIST_PATH, else from node_modules; undefined if it was never fetched. */
export function electronBinary() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules/electron/dist');
  const binary = join(folder, names[process.platform] ?? 'electron');
  return existsSync(binary) ? binary : undefined;
}
