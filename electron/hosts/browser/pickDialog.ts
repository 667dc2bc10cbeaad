import { homedir } from 'node:os';
import { InklingError } from '../../contract/errors.ts';
import { findProgram, hasDisplay, runProgram, type World } from './programs.ts';

/** What to ask for. */
export interface PickRequest {
  readonly kind: 'modelFile' | 'folder';
  readonly title: string;
}

interface Dialog {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

/** Asks for a file or folder with the system's own dialog; null if the person changed their mind, `unsupported` without one. */
export async function pickPath(
  world: World,
  request: PickRequest,
  signal: AbortSignal,
): Promise<string | null> {
  const dialog = hasDisplay(world) ? dialogFor(world, request) : undefined;
  if (!dialog) throw new InklingError('unsupported', adviceFor(world));
  const { code, stdout, stderr } = await runProgram(world, dialog.program, dialog.args, {
    signal,
    ...(dialog.env && { env: dialog.env }),
  });
  const path = stdout.replace(/\r?\n$/, '');
  if (code === 0) return path === '' ? null : path;
  // All of these dialogs answer 1 when cancelled; anything else, and an error with words on macOS, is a fault.
  if (code === 1 && (world.platform !== 'darwin' || stderr.includes('-128'))) return null;
  throw new InklingError(
    'unsupported',
    `The file dialog failed (${stderr.trim() || `exit code ${code}`}). Type the path instead.`,
  );
}

function adviceFor(world: World): string {
  if (!hasDisplay(world)) return 'No file dialog can be shown: there is no display. Type the path instead.';
  if (world.platform === 'linux')
    return 'No file dialog is installed (zenity or kdialog). Type the path instead.';
  return 'No file dialog can be shown on this system. Type the path instead.';
}

function dialogFor(world: World, { kind, title }: PickRequest): Dialog | undefined {
  const folder = kind === 'folder';
  const find = (name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Dialog | undefined => {
    const program = findProgram(world, name);
    return program ? { program, args, ...(env && { env }) } : undefined;
  };
  if (world.platform === 'darwin') {
    const what = folder ? 'choose folder' : 'choose file';
    const script = `on run argv\nreturn POSIX path of (${what} with prompt (item 1 of argv))\nend run`;
    return find('/usr/bin/osascript', ['-e', script, title]);
  }
  if (world.platform === 'win32') {
    return find('powershell', ['-NoProfile', '-STA', '-Command', powershell(folder)], {
      INKLING_TITLE: title,
    });
  }
  const zenity = folder
    ? ['--directory']
    : ['--file-filter=Models | *.gguf *.GGUF', '--file-filter=All files | *'];
  const kdialog = folder
    ? ['--getexistingdirectory', homedir()]
    : ['--getopenfilename', homedir(), 'Models (*.gguf)'];
  return (
    find('zenity', ['--file-selection', `--title=${title}`, ...zenity]) ??
    find('kdialog', ['--title', title, ...kdialog])
  );
}

/** The title travels in the environment, so that no text from outside becomes part of a script. */
function powershell(folder: boolean): string {
  const dialog = folder
    ? '$d = New-Object System.Windows.Forms.FolderBrowserDialog; $d.Description = $env:INKLING_TITLE; $p = "SelectedPath"'
    : '$d = New-Object System.Windows.Forms.OpenFileDialog; $d.Title = $env:INKLING_TITLE; $d.Filter = "Models|*.gguf|All files|*.*"; $p = "FileName"';
  return [
    'Add-Type -AssemblyName System.Windows.Forms',
    '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
    dialog,
    'if ($d.ShowDialog() -eq "OK") { [Console]::Out.Write($d.$p) } else { exit 1 }',
  ].join('; ');
}
