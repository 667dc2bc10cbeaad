import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';
import { InklingError } from '../../contract/errors.ts';
import { findProgram, hasDisplay, runProgram, type World } from './programs.ts';

/** What to ask for. */
export interface PickRequest {
  readonly kind: 'modelFile' | 'chatsFile' | 'folder' | 'saveFile';
  readonly title: string;
  /** Where to begin, for a file to write. */
  readonly path?: string | undefined;
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

const patterns = {
  modelFile: ['Models', '*.gguf *.GGUF'],
  chatsFile: ['Chats', '*.json *.zip *.jsonl'],
} as const;

function dialogFor(world: World, request: PickRequest): Dialog | undefined {
  const { title } = request;
  const find = (name: string, args: readonly string[], env?: NodeJS.ProcessEnv): Dialog | undefined => {
    const program = findProgram(world, name);
    return program ? { program, args, ...(env && { env }) } : undefined;
  };
  if (world.platform === 'darwin') return find('/usr/bin/osascript', appleScript(request));
  if (world.platform === 'win32')
    return find('powershell', ['-NoProfile', '-STA', '-Command', powershell(request.kind)], {
      INKLING_TITLE: title,
      ...(request.path && { INKLING_FILE: win32.basename(request.path) }),
    });
  return (
    find('zenity', ['--file-selection', `--title=${title}`, ...zenity(request)]) ??
    find('kdialog', ['--title', title, ...kdialog(request)])
  );
}

/** The title and the name travel as arguments, so that no text from outside becomes part of a script. */
function appleScript({ kind, title, path }: PickRequest): string[] {
  const what = kind === 'folder' ? 'choose folder' : kind === 'saveFile' ? 'choose file name' : 'choose file';
  const name = kind === 'saveFile' && path ? ' default name (item 2 of argv)' : '';
  const script = `on run argv\nreturn POSIX path of (${what} with prompt (item 1 of argv)${name})\nend run`;
  return ['-e', script, title, ...(name && path ? [posix.basename(path)] : [])];
}

function zenity({ kind, path }: PickRequest): string[] {
  if (kind === 'folder') return ['--directory'];
  if (kind === 'saveFile') return ['--save', ...(path ? [`--filename=${path}`] : [])];
  const [name, pattern] = patterns[kind];
  return [`--file-filter=${name} | ${pattern}`, '--file-filter=All files | *'];
}

function kdialog({ kind, path }: PickRequest): string[] {
  if (kind === 'folder') return ['--getexistingdirectory', homedir()];
  if (kind === 'saveFile') return ['--getsavefilename', path ?? homedir()];
  const [name, pattern] = patterns[kind];
  return [
    '--getopenfilename',
    homedir(),
    `${name} (${pattern
      .split(' ')
      .filter((each) => each === each.toLowerCase())
      .join(' ')})`,
  ];
}

/** The title and the name travel in the environment, so that no text from outside becomes part of a script. */
function powershell(kind: PickRequest['kind']): string {
  const forms = 'System.Windows.Forms';
  const dialogs = {
    folder: `$d = New-Object ${forms}.FolderBrowserDialog; $d.Description = $env:INKLING_TITLE; $p = "SelectedPath"`,
    saveFile: `$d = New-Object ${forms}.SaveFileDialog; $d.Title = $env:INKLING_TITLE; $d.FileName = $env:INKLING_FILE; $p = "FileName"`,
    modelFile: openFile('Models|*.gguf|All files|*.*'),
    chatsFile: openFile('Chats|*.json;*.zip;*.jsonl|All files|*.*'),
  } as const;
  return [
    'Add-Type -AssemblyName System.Windows.Forms',
    '[Console]::OutputEncoding = [Text.Encoding]::UTF8',
    dialogs[kind],
    'if ($d.ShowDialog() -eq "OK") { [Console]::Out.Write($d.$p) } else { exit 1 }',
  ].join('; ');
}

const openFile = (filter: string) =>
  `$d = New-Object System.Windows.Forms.OpenFileDialog; $d.Title = $env:INKLING_TITLE; $d.Filter = "${filter}"; $p = "FileName"`;
