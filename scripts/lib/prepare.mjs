// Runs under Node 20 with nothing installed: built-in modules only.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, ownNode, root } from './paths.mjs';
import { startProgress } from './progress.mjs';
import { run } from './run.mjs';
import { hashOf, readNote, writeNote } from './stamps.mjs';

const stamp = join(root, 'node_modules/.inkling-install.json');
const oldest = [20, 19];

/** Ends the process with words if this Node is too old to go on. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(
    `Inkling needs Node ${oldest.join('.')} or newer to start; this is ${process.versions.node}. Get one from nodejs.org and try again.`,
  );
  process.exit(1);
}

/** Installs the packages of the lockfile if node_modules is not what the lockfile says; true if it is now. */
export async function install() {
  const lock = hashOf(['package-lock.json']);
  if (ownNode() && (readNote(stamp).lock === lock || isInstalled())) {
    if (readNote(stamp).lock !== lock) writeNote(stamp, { lock });
    return true;
  }
  const progress = startProgress('Installing packages (once; about 0.8 GB on disk)');
  const { code, output } = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http'], {
    onOutput: (text) => progress.note(text.trim().split('\n').at(-1)),
    env: process.env,
  });
  progress.end(code === 0 && ownNode() ? 'done' : 'failed');
  if (code !== 0 || !ownNode()) {
    console.error(output.split('\n').slice(-30).join('\n'));
    console.error(
      'The packages could not be installed. Check the network and the free disk space, then try again.',
    );
    return false;
  }
  writeNote(stamp, { lock });
  return true;
}

/** Whether npm's own record of node_modules says the same as the lockfile (after an `npm install` by hand, say). */
function isInstalled() {
  const wanted = readNote(join(root, 'package-lock.json')).packages ?? {};
  const present = readNote(join(root, 'node_modules/.package-lock.json')).packages;
  if (!present) return false;
  const missing = Object.entries(wanted).some(
    ([path, { version, optional }]) =>
      path !== '' && (present[path] ? present[path].version !== version : !optional),
  );
  return !missing && Object.keys(present).every((path) => path in wanted);
}

/** Builds what is stale; true if dist/ is up to date now. */
export async function build() {
  const { code } = await run(ownNode(), [join(root, 'scripts/build.mjs')], { show: true });
  if (code !== 0) console.error('Inkling could not be built; the reason is above.');
  return code === 0;
}

/** Whether something may be tried that failed before: failures are remembered for a day. */
export function mayTry(name) {
  const failedAt = readNote(join(cache, `${name}-failed.json`)).at ?? 0;
  return Date.now() - failedAt > 24 * 3600 * 1000;
}

/** Remembers that something failed, so that it is not tried at every start. */
export function rememberFailure(name, reason) {
  writeNote(join(cache, `${name}-failed.json`), { at: Date.now(), reason });
}

/** Whether a window can be shown at all. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Where Debian and its relatives keep apt-get, if we may use it. */
export function canUseApt() {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}
