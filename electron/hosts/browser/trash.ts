import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, parse, relative } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { findProgram, runProgram, type World } from './programs.ts';

/**
 * Moves a file to the system's bin, from where a person can bring it back. Throws `unsupported`, and leaves the file,
 * where there is no bin for its disk. Linux: https://specifications.freedesktop.org/trash-spec/1.0/
 */
export async function moveToTrash(world: World, path: string): Promise<void> {
  if (world.platform === 'win32') return recycle(world, path);
  const home = world.env['HOME'];
  if (!home) throw noBin(path);
  if (world.platform === 'darwin') return moveInto(join(home, '.Trash'), path);
  const own = join(world.env['XDG_DATA_HOME'] || join(home, '.local/share'), 'Trash');
  const { dev } = await lstat(path);
  await mkdir(own, { recursive: true, mode: 0o700 });
  if ((await lstat(own)).dev === dev) return moveToXdg(own, path, path);
  const top = await topOf(dirname(path), dev);
  const there = join(top, `.Trash-${process.getuid?.() ?? 0}`);
  await mkdir(there, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw noBin(path);
  });
  // Someone else could have put a link here.
  const facts = await lstat(there);
  if (!facts.isDirectory() || facts.uid !== process.getuid?.()) throw noBin(path);
  return moveToXdg(there, path, relative(top, path));
}

/** The uppermost folder on the same disk. */
async function topOf(folder: string, dev: number): Promise<string> {
  let top = folder;
  while (top !== parse(top).root && (await lstat(dirname(top))).dev === dev) top = dirname(top);
  return top;
}

async function moveToXdg(trash: string, path: string, recorded: string): Promise<void> {
  await mkdir(join(trash, 'info'), { recursive: true, mode: 0o700 });
  await mkdir(join(trash, 'files'), { recursive: true, mode: 0o700 });
  const when = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  const encoded = recorded.split('/').map(encodeURIComponent).join('/');
  const note = `[Trash Info]\nPath=${encoded}\nDeletionDate=${when}\n`;
  for (let n = 1; n < 10_000; n++) {
    const name = numbered(basename(path), n);
    const info = join(trash, 'info', `${name}.trashinfo`);
    // Making this file is what reserves the name, says the specification.
    const handle = await open(info, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).catch(
      taken,
    );
    if (!handle) continue;
    try {
      await handle.writeFile(note);
      await rename(path, join(trash, 'files', name));
      return;
    } catch (error) {
      await rm(info, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  }
  throw noBin(path);
}

async function moveInto(folder: string, path: string): Promise<void> {
  for (let n = 1; n < 10_000; n++) {
    const target = join(folder, numbered(basename(path), n));
    const free = await lstat(target).then(
      () => false,
      () => true,
    );
    if (!free) continue;
    return rename(path, target).catch(() => {
      throw noBin(path);
    });
  }
}

async function recycle(world: World, path: string): Promise<void> {
  const shell = findProgram(world, 'powershell');
  if (!shell) throw noBin(path);
  const script =
    'Add-Type -AssemblyName Microsoft.VisualBasic; [Microsoft.VisualBasic.FileIO.FileSystem]::DeleteFile($args[0], "OnlyErrorDialogs", "SendToRecycleBin")';
  const args = ['-NoProfile', '-NonInteractive', '-Command', `& { ${script} }`, path];
  const { code } = await runProgram(world, shell, args, { signal: AbortSignal.timeout(20_000) });
  if (code !== 0) throw noBin(path);
}

/** `Plan.md`, `Plan 2.md`, `Plan 3.md` ... */
function numbered(name: string, n: number): string {
  const { name: stem, ext } = parse(name);
  return n === 1 ? name : `${stem} ${n}${ext}`;
}

function taken(error: NodeJS.ErrnoException): FileHandle | null {
  if (error.code === 'EEXIST') return null;
  throw error;
}

const noBin = (path: string) =>
  new InklingError(
    'unsupported',
    `There is no bin for the disk that ${path} lies on, so it was left where it is. Delete it in your file manager if you want it gone.`,
  );
