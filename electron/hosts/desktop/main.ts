import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app, session, utilityProcess } from 'electron';
import packageJson from '../../../package.json' with { type: 'json' };
import { contract } from '../../contract/index.ts';
import { serve } from '../../rpc/serve.ts';
import { createServices, type Services } from '../../services/createServices.ts';
import { defaultDataDir } from '../dataDir.ts';
import { type Entries, findEntries } from '../entries.ts';
import { heapMb } from '../heapMb.ts';
import { loadStaticFiles } from '../staticFiles.ts';
import { readArgs } from './args.ts';
import { createHost } from './host.ts';
import { acceptPages } from './ipcPort.ts';
import { installMenu } from './menu.ts';
import { keepProfileIn } from './profile.ts';
import { registerScheme, serveWindow } from './protocol.ts';
import { silenceChromium } from './quiet.ts';
import { closeBeforeQuit } from './quit.ts';
import { recoverWindow } from './recover.ts';
import { createSecrets } from './secrets.ts';
import { guardEverything, guardSession } from './security.ts';
import { createSpawn } from './spawn.ts';
import { followTheme } from './theme.ts';
import { moveToTrash } from './trash.ts';
import { askBeforeUnload } from './unload.ts';
import { openWindow } from './window.ts';
import { createWindows, type Windows } from './windows.ts';
import { endWithWords, explain, log, tellFaults } from './words.ts';

const options = readArgs(process.argv);
const dataDir = options.dataDir ?? defaultDataDir();
const entries = findEntries(import.meta.filename);

tellFaults();
keepProfileIn(dataDir);
silenceChromium();
registerScheme();
guardEverything();
if (app.requestSingleInstanceLock()) app.whenReady().then(run).catch(endWithWords);
else app.quit();

function run() {
  guardSession(session.defaultSession);
  serveWindow(session.defaultSession, loadStaticFiles(entries.rendererDir));
  const windows = createWindows(() => openAppWindow(services));
  const services = openServices(windows);
  closeBeforeQuit(services.close, (error) => log(`Stopping was not clean: ${explain(error)}`));
  followTheme(services.service.settings).catch((error: unknown) => log(explain(error)));
  installMenu({ mac: process.platform === 'darwin', development: !app.isPackaged });
  app.on('second-instance', windows.show);
  app.on('activate', windows.show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  windows.show();
}

function openServices(windows: Windows): Services {
  const modelsDir = unpacked(entries.modelsDir);
  return createServices({
    dataDir,
    version: packageJson.version,
    spawn: createSpawn(utilityProcess.fork, (entry) => heapMb(entries, entry)),
    entries: {
      engine: options.engine ?? entries.engine,
      scan: entries.scan,
      notes: entries.notes,
      reader: entries.reader,
    },
    trash: moveToTrash,
    host: createHost(windows.current),
    builtinModelsDir: existsSync(modelsDir) ? modelsDir : null,
    secrets: createSecrets(),
    hubUrl: process.env['INKLING_HUB_URL'],
    log,
  });
}

function openAppWindow(services: Services) {
  const window = openWindow({ preload: preloadOf(entries), stateFile: join(dataDir, 'window.json') });
  const onInternal = (error: unknown, path: string) => log(`${path} failed: ${explain(error)}`);
  acceptPages(window.webContents, (port) => serve(contract, services.service, port, onInternal));
  recoverWindow(window, () => app.quit());
  askBeforeUnload(window);
  return window;
}

const preloadOf = ({ rendererDir }: Entries) => join(rendererDir, '../preload.cjs');

/** llama.cpp maps a model into memory, which needs a real file: packaged, those lie beside the archive. */
function unpacked(path: string): string {
  return path.replace(/\bapp\.asar\b/, 'app.asar.unpacked');
}
