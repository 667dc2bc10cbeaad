// `npm start -- [options]`: installs and builds what is missing, then opens Inkling. Runs under Node 20 with nothing
// installed. stdout belongs to the app: everything said here goes to stderr.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { electronBinary } from './lib/electron.mjs';
import { dist, ownNode, root } from './lib/paths.mjs';
import { build, checkNode, hasDisplay, install, mayTry, rememberFailure } from './lib/prepare.mjs';
import { startProgress } from './lib/progress.mjs';
import { run } from './lib/run.mjs';

/** Options that ask for no window: they always run in the loopback host. */
const windowless = ['--headless', '--verify-data', '--no-open', '--help'];
const electronLimitMs = 180_000;

checkNode();
const args = process.argv.slice(2);
if (!(await install()) || !(await build())) process.exit(1);

const electron = await findElectron();
if (electron) launch(electron, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, ...args]);
else launch(ownNode(), [join(dist, 'browser.mjs'), ...args]);

/** Electron's program, if a window is wanted and it can be had; says in one sentence what happens instead. */
async function findElectron() {
  if (args.some((arg) => windowless.includes(arg))) return undefined;
  const present = electronBinary();
  if (!hasDisplay()) {
    console.error(
      'There is no display, so Inkling is served on this machine for a browser instead of in a window.',
    );
    return undefined;
  }
  if (present) return present;
  const why = mayTry('electron')
    ? await fetchElectron()
    : 'could not be fetched lately (it is tried again after a day)';
  if (why)
    console.error(`Electron ${why}, so Inkling is served on this machine and shown by an installed browser.`);
  return electronBinary();
}

/** Runs Electron's own installer once; answers why it failed, or nothing. */
async function fetchElectron() {
  const progress = startProgress('Fetching Electron (about 110 MB, once)');
  const installer = join(root, 'node_modules/electron/install.js');
  const { code, output } = await run(ownNode(), [installer], { limitMs: electronLimitMs });
  const ok = code === 0 && electronBinary() !== undefined;
  progress.end(ok ? 'done' : 'failed');
  if (ok) return undefined;
  rememberFailure('electron', output.slice(-2000));
  return code === 124 ? `was not fetched within ${electronLimitMs / 60_000} minutes` : 'could not be fetched';
}

/** Runs the app in our place: same terminal, signals passed on, its exit code becomes ours. */
function launch(program, argv) {
  // npm runs us in the project's folder; a relative --data-dir is meant from where the person stands.
  const cwd = (process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD) || process.cwd();
  const child = spawn(program, argv, { stdio: 'inherit', cwd });
  let terminalGone = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      terminalGone ||= signal === 'SIGHUP';
      child.kill(signal);
    });
  }
  // npm passes signals on to a shell, which dies of them without telling us: we notice that our parent is gone.
  const parent = process.ppid;
  const watch = () => {
    if (process.ppid !== parent && !terminalGone) child.kill('SIGTERM');
  };
  if (process.env.npm_lifecycle_event) setInterval(watch, 200).unref();
  child.on('error', (error) => {
    console.error(`Inkling could not be started: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
