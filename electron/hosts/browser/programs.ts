import { execFile, spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** What a finished program said. */
export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The world a host acts in. */
export interface World {
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** Finds a program by its absolute path or in PATH; undefined if it is not there. */
export function findProgram(world: World, name: string): string | undefined {
  if (isAbsolute(name)) return isProgram(name) ? name : undefined;
  const folders = (world.env['PATH'] ?? world.env['Path'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '');
  const extension = world.platform === 'win32' ? '.exe' : '';
  return folders.map((folder) => join(folder, name + extension)).find(isProgram);
}

/** Runs a program with an array of arguments (never through a shell) until it ends; an abort kills it and rejects. */
export function runProgram(
  world: World,
  file: string,
  args: readonly string[],
  options: { signal?: AbortSignal; env?: NodeJS.ProcessEnv } = {},
): Promise<Finished> {
  const env = { ...world.env, ...options.env };
  return new Promise((resolve, reject) => {
    const limits = {
      env,
      maxBuffer: 1 << 20,
      windowsHide: true,
      ...(options.signal && { signal: options.signal }),
    };
    execFile(file, [...args], limits, (error, stdout, stderr) => {
      if (!error) resolve({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') resolve({ code: error.code, stdout, stderr });
      else reject(error);
    });
  });
}

/** How long a program that hands something over is watched for failing, in ms; some live on as the browser itself. */
const handOverMs = 1500;

/** Starts a program that lives on by itself; false if it could not start or failed at once. */
export function handOver(world: World, file: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(file, [...args], {
      env: world.env,
      detached: true,
      stdio: 'ignore',
      windowsHide: false,
    });
    const timer = setTimeout(() => resolve(true), handOverMs);
    const done = (ok: boolean) => {
      clearTimeout(timer);
      resolve(ok);
    };
    child.on('error', () => done(false));
    child.on('exit', (code) => done(code === 0));
    child.unref();
  });
}

/** Whether a window can be shown at all. */
export function hasDisplay({ platform, env }: World): boolean {
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
