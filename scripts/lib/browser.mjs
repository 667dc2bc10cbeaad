// Runs under Node 20 with nothing installed: built-in modules only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownNode, root } from './paths.mjs';
import { canUseApt } from './prepare.mjs';
import { startProgress } from './progress.mjs';
import { run } from './run.mjs';

const debianChromium = '/usr/bin/chromium';

/** Makes sure that the end-to-end tests have a browser: Debian's by apt as root, Playwright's own elsewhere. */
export async function installBrowser() {
  if (existsSync(debianChromium)) return true;
  const ok = canUseApt() ? await installByApt() : await installByPlaywright();
  if (!ok) console.error('No browser could be installed for the end-to-end tests; the reason is above.');
  return ok;
}

async function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const packages = ['chromium', 'fonts-dejavu-core', 'fonts-liberation'];
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const progress = startProgress('Installing Chromium by apt-get');
  let result = await run('apt-get', install, { env });
  if (result.code !== 0) {
    await run('apt-get', ['update'], { env });
    result = await run('apt-get', install, { env });
  }
  progress.end(result.code === 0 ? 'done' : 'failed');
  if (result.code !== 0) console.error(result.output.split('\n').slice(-15).join('\n'));
  return result.code === 0 && existsSync(debianChromium);
}

async function installByPlaywright() {
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const progress = startProgress("Installing Playwright's Chromium");
  const { code, output } = await run(ownNode(), [cli, 'install', 'chromium']);
  progress.end(code === 0 ? 'done' : 'failed');
  if (code !== 0) console.error(output.split('\n').slice(-15).join('\n'));
  return code === 0;
}
