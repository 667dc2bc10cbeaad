// Runs under Node 20 with nothing installed: built-in modules only.
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { ownNode, root } from './paths.mjs';

/** The environment for our tools: Inkling's own Node comes first, as it does in npm scripts. */
export function toolEnv() {
  const node = ownNode();
  const first = [...(node ? [dirname(node)] : []), join(root, 'node_modules/.bin')];
  return { ...process.env, PATH: [...first, process.env.PATH].join(delimiter) };
}

/**
 * Runs a program to its end and answers `{ code, output }`. `show: true` passes its output on (to stderr), otherwise
 * it is collected; `limitMs` ends it after that time (code 124).
 */
export function run(command, args, options = {}) {
  const { show = false, limitMs, env = toolEnv(), cwd = root, onOutput } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      // npm on Windows is a script, which only a shell starts; its arguments are our own words.
      shell: process.platform === 'win32' && command === 'npm',
      stdio: ['ignore', show ? process.stderr : 'pipe', show ? process.stderr : 'pipe'],
    });
    let output = '';
    let late = false;
    const take = (chunk) => {
      output += chunk;
      onOutput?.(String(chunk));
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    const expire = () => {
      late = true;
      child.kill('SIGKILL');
    };
    const timer = limitMs && setTimeout(expire, limitMs);
    const finish = (code) => {
      clearTimeout(timer);
      resolve({ code: late ? 124 : code, output });
    };
    child.on('error', (error) => {
      output += String(error);
      finish(127);
    });
    child.on('close', (code) => finish(code ?? 1));
  });
}
