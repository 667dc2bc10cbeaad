import { existsSync } from 'node:fs';
import packageJson from '../../../package.json' with { type: 'json' };
import { InklingError } from '../../contract/errors.ts';
import { contract } from '../../contract/index.ts';
import { serve } from '../../rpc/serve.ts';
import { createServices, type Services } from '../../services/createServices.ts';
import { checkDataDir } from '../dataDir.ts';
import type { Entries } from '../entries.ts';
import { heapMb } from '../heapMb.ts';
import { loadStaticFiles } from '../staticFiles.ts';
import { createChildProcesses } from './childProcess.ts';
import { createHost } from './host.ts';
import type { World } from './programs.ts';
import { type Server, startServer } from './server.ts';
import { moveToTrash } from './trash.ts';

/** The app as it runs behind the loopback server. */
export interface BrowserApp {
  readonly server: Server;
  readonly services: Services;
  /** Ends connections, answers (their text is kept), the engine and the database; resolves when our processes are gone. */
  close(): Promise<void>;
  /** Ends the processes we started, at once; for when nothing else works any more. */
  abandon(): void;
}

/** The port asked for when the command line names none; any free one if it is taken. */
const usualPort = 4655;

/** Opens the data folder and serves the app. Throws {@link InklingError}s with words for a person. */
export async function startApp(options: {
  readonly dataDir: string;
  readonly port: number | undefined;
  readonly engine: string | undefined;
  readonly entries: Entries;
  readonly world: World;
  readonly log: (message: string) => void;
}): Promise<BrowserApp> {
  const { entries, log } = options;
  const engine = options.engine ?? entries.engine;
  if (!existsSync(engine)) throw new InklingError('not_found', `There is no engine at ${engine}.`);
  checkDataDir(options.dataDir);
  const files = loadStaticFiles(entries.rendererDir);
  const children = createChildProcesses({
    execArgv: (entry) => {
      const limit = heapMb(entries, entry);
      return limit === undefined ? [] : [`--max-old-space-size=${limit}`];
    },
  });
  const services = createServices({
    dataDir: options.dataDir,
    version: packageJson.version,
    spawn: children.spawn,
    entries: { engine, scan: entries.scan, notes: entries.notes, reader: entries.reader },
    trash: (path) => moveToTrash(options.world, path),
    host: createHost(options.world),
    builtinModelsDir: existsSync(entries.modelsDir) ? entries.modelsDir : null,
    hubUrl: options.world.env['INKLING_HUB_URL'],
    log,
  });
  const onInternal = (error: unknown, path: string) => log(`${path} failed: ${explain(error)}`);
  const deps = {
    files,
    health: () => services.health(),
    onPort: (port: Parameters<typeof serve>[2]) => serve(contract, services.service, port, onInternal),
  };
  const server = await listen(options.port, deps).catch(async (error: unknown) => {
    await services.close();
    throw error;
  });
  return {
    server,
    services,
    async close() {
      await server.close();
      await services.close();
      await children.killAll();
    },
    abandon: () => void children.killAll(),
  };
}

async function listen(port: number | undefined, deps: Parameters<typeof startServer>[1]): Promise<Server> {
  try {
    return await startServer(port ?? usualPort, deps);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'EADDRINUSE' && port === undefined) return startServer(0, deps);
    if (code === 'EADDRINUSE')
      throw new InklingError(
        'conflict',
        `Port ${port} is taken by another program. Choose another with --port N, or --port 0 for any free one.`,
      );
    if (code === 'EACCES')
      throw new InklingError('conflict', `This user may not listen on port ${port}. Choose one above 1023.`);
    throw error;
  }
}

/** An error for the log: in words alone if a person can do something about it, else with its stack. */
export function explain(error: unknown): string {
  if (error instanceof InklingError) return error.message;
  if (!(error instanceof Error)) return String(error);
  return isSystemError(error) ? error.message : (error.stack ?? error.message);
}

/** The operating system refused something: a folder that cannot be written, say. */
function isSystemError(error: Error): boolean {
  return 'syscall' in error && 'path' in error;
}
