import { join } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { verifyData } from '../../services/storage/verifyData.ts';
import { defaultDataDir } from '../dataDir.ts';
import { findEntries } from '../entries.ts';
import { type BrowserApp, explain, startApp } from './app.ts';
import { type Options, readArgs, usage } from './args.ts';
import { openWindow } from './openWindow.ts';
import type { World } from './programs.ts';

/** Everything a person or a log is told; stdout belongs to the JSON line. */
const log = (message: string) => void process.stderr.write(`${message}\n`);
const world: World = { platform: process.platform, env: process.env };
/** A clean stop takes at most this long, in ms; then we go anyway: what was saved is safe at every moment. */
const stopLimitMs = 1800;
/** How long the JSON line waits for the engine, in ms, before it says `enginePid: null`. */
const engineLimitMs = 10_000;

let app: BrowserApp | undefined;
const stopping = new AbortController();

// A reader of our output that went away is no reason to end; nor is a closed terminal.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('uncaughtException', (error) => {
  log(`Inkling stops after an error of its own. What was saved is safe; start it again. ${explain(error)}`);
  app?.abandon();
  process.exit(70);
});

async function stop() {
  // Ctrl+C in a terminal often comes twice: from the terminal and passed on by the script that started us.
  if (stopping.signal.aborted) return;
  stopping.abort();
  const limit = setTimeout(() => {
    app?.abandon();
    process.exit(0);
  }, stopLimitMs);
  await app?.close().catch((error: unknown) => log(`Stopping was not clean: ${explain(error)}`));
  clearTimeout(limit);
  process.exit(0);
}

async function run(options: Options) {
  const dataDir = options.dataDir ?? defaultDataDir();
  app = await startApp({
    dataDir,
    port: options.port,
    engine: options.engine,
    entries: findEntries(import.meta.filename),
    world,
    log,
  });
  if (stopping.signal.aborted) return;
  if (options.headless) await announce(app);
  else log(`Inkling runs at ${app.server.url}/?token=${app.server.guard.secrets.token}`);
  if (options.open) await show(app, join(dataDir, 'window'));
  else if (!options.headless) log('Open the address above. Ctrl+C stops Inkling.');
}

async function announce({ server, services }: BrowserApp) {
  const late = new Promise<null>((resolve) => setTimeout(resolve, engineLimitMs, null).unref());
  const enginePid = await Promise.race([services.engineReady(), late]);
  const line = { url: server.url, token: server.guard.secrets.token, pid: process.pid, enginePid };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function show({ server }: BrowserApp, profileDir: string) {
  const address = () => `${server.url}/?ticket=${server.guard.newTicket()}`;
  const shown = await openWindow(world, address, profileDir, stopping.signal);
  switch (shown.kind) {
    case 'window':
      await shown.closed;
      return stop();
    case 'browser':
      return log('It was opened in your browser. Ctrl+C stops Inkling.');
    case 'none':
      return log(
        'No window could be opened here. Open the address above in a browser. Ctrl+C stops Inkling.',
      );
  }
}

function start() {
  let options: Options;
  try {
    options = readArgs(process.argv.slice(2));
  } catch (error) {
    log(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  if (options.verifyData) {
    const report = verifyData(options.dataDir ?? defaultDataDir());
    process.stdout.write(`${JSON.stringify(report)}\n`);
    process.exitCode = report.ok ? 0 : 1;
    return;
  }
  run(options).catch((error: unknown) => {
    log(error instanceof InklingError ? error.message : `Inkling could not start. ${explain(error)}`);
    app?.abandon();
    process.exit(1);
  });
}

start();
