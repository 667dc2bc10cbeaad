import { statSync } from 'node:fs';
import { dirname, isAbsolute } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InklingError } from '../../contract/errors.ts';
import { externalUrl } from '../../contract/host.ts';
import type { AppService } from '../../contract/index.ts';
import { pickPath } from './pickDialog.ts';
import { findProgram, handOver, hasDisplay, runProgram, type World } from './programs.ts';

/** The desktop around the app, by the programs each system brings; says `unsupported` and what to do where there is none. */
export function createHost(world: World): AppService['host'] {
  return {
    async pick(request, { signal }) {
      return { path: await pickPath(world, request, signal) };
    },
    async reveal({ path }) {
      const info = isAbsolute(path) ? statSync(path, { throwIfNoEntry: false }) : undefined;
      if (!info) throw new InklingError('not_found', `There is nothing at ${path} any more.`);
      if (!(hasDisplay(world) && (await reveal(world, path, info.isDirectory()))))
        throw new InklingError('unsupported', `No file manager could be opened. The file lies at ${path}`);
      return null;
    },
    async openLink({ url }) {
      await openExternal(world, url);
      return null;
    },
  };
}

/** Opens a link (http, https or mailto, nothing else) in the system's browser or mail program. */
export async function openExternal(world: World, url: string): Promise<void> {
  const parsed = externalUrl.safeParse(url);
  const address = parsed.success && URL.canParse(parsed.data) ? new URL(parsed.data) : undefined;
  if (!address || !['http:', 'https:', 'mailto:'].includes(address.protocol))
    throw new InklingError('bad_input', 'Only http, https and mailto links can be opened.');
  const [name, ...args] = opener(world.platform);
  const program = hasDisplay(world) ? findProgram(world, name) : undefined;
  if (!(program && (await handOver(world, program, [...args, address.href]))))
    throw new InklingError('unsupported', `No browser could be opened here. The address is ${address.href}`);
}

function opener(platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['/usr/bin/open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
}

async function reveal(world: World, path: string, isFolder: boolean): Promise<boolean> {
  const start = (name: string, ...args: string[]) => {
    const program = findProgram(world, name);
    return program ? handOver(world, program, args) : Promise.resolve(false);
  };
  if (world.platform === 'darwin') return start('/usr/bin/open', '-R', path);
  // Explorer answers 1 even when it worked.
  if (world.platform === 'win32') return start('explorer', `/select,${path}`).then(() => true);
  if (!isFolder && (await showInFileManager(world, path))) return true;
  return start('xdg-open', isFolder ? path : dirname(path));
}

/** Asks the file manager over D-Bus to select the file; not every desktop has one that listens. */
async function showInFileManager(world: World, path: string): Promise<boolean> {
  const gdbus = findProgram(world, 'gdbus');
  if (!gdbus) return false;
  const uri = pathToFileURL(path).href.replaceAll("'", '%27');
  const name = 'org.freedesktop.FileManager1';
  const target = ['--dest', name, '--object-path', '/org/freedesktop/FileManager1'];
  const args = ['call', '--session', ...target, '--method', `${name}.ShowItems`, `['${uri}']`, ''];
  const { code } = await runProgram(world, gdbus, args, { signal: AbortSignal.timeout(2000) }).catch(() => ({
    code: -1,
  }));
  return code === 0;
}
