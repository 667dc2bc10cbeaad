import { join } from 'node:path';
import { findProgram, type World } from './programs.ts';

/** Finds an installed browser that can show a page as a chromeless window; undefined if there is none. */
export function findBrowser(world: World): string | undefined {
  for (const name of candidates(world)) {
    const program = findProgram(world, name);
    if (program) return program;
  }
  return undefined;
}

function candidates({ platform, env }: World): readonly string[] {
  if (platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
    const roots = ['/Applications', join(env['HOME'] ?? '', 'Applications')];
    return roots.flatMap((root) => apps.map((app) => join(root, `${app}.app/Contents/MacOS/${app}`)));
  }
  if (platform === 'win32') {
    const apps = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe'];
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    return apps.flatMap((app) => roots.map((root) => join(root, app)));
  }
  return [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'microsoft-edge-stable',
    'brave-browser',
  ];
}
