import { isAbsolute, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asked for; unknown options are Chromium's and pass by. */
export interface Options {
  readonly dataDir: string | undefined;
  /** Entry of another engine process that speaks `engine/contract.ts`. */
  readonly engine: string | undefined;
}

/** Reads the command line (all of `process.argv`). */
export function readArgs(argv: readonly string[], cwd = process.cwd()): Options {
  const { values } = parseArgs({
    args: argv.slice(1),
    strict: false,
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, engine: { type: 'string' } },
  });
  const toPath = (value: string | boolean | undefined) => {
    if (typeof value !== 'string' || value === '') return undefined;
    return isAbsolute(value) ? value : resolve(cwd, value);
  };
  return { dataDir: toPath(values['data-dir']), engine: toPath(values['engine']) };
}
