import { isAbsolute, resolve } from 'node:path';
import { parseArgs as parse } from 'node:util';

/** What the command line asked for. */
export interface Options {
  /** Serve without a window; stdout carries one JSON line and nothing else. */
  readonly headless: boolean;
  /** 0 takes any free port; undefined takes the usual one, or any free one if that is taken. */
  readonly port: number | undefined;
  readonly dataDir: string | undefined;
  /** Entry of another engine process that speaks `engine/contract.ts`. */
  readonly engine: string | undefined;
  readonly verifyData: boolean;
  /** Whether to show a window or a browser tab; without one the address is printed. */
  readonly open: boolean;
  readonly help: boolean;
}

/** The command line, for `--help` and after a mistake. */
export const usage = `Usage: npm start -- [options]

  --headless         serve without a window; prints one JSON line when ready
  --port N           listen on port N of 127.0.0.1 (0: any free port)
  --data-dir DIR     keep chats, settings and models in DIR
  --engine ENTRY     run another engine process
  --verify-data      check the data folder, print the result as JSON, exit 0 or 1
  --no-open          print the address instead of opening a window
  --help             show this
`;

/** Reads the command line; throws an Error with words for a person on anything it does not know. */
export function readArgs(argv: readonly string[], cwd = process.cwd()): Options {
  const { values } = parse({
    args: [...argv],
    allowNegative: true,
    options: {
      headless: { type: 'boolean', default: false },
      port: { type: 'string' },
      'data-dir': { type: 'string' },
      engine: { type: 'string' },
      'verify-data': { type: 'boolean', default: false },
      open: { type: 'boolean' },
      help: { type: 'boolean', default: false },
    },
  });
  const toPath = (path: string | undefined, flag: string) => {
    if (path === '') throw new Error(`${flag} needs a path.`);
    return path === undefined || isAbsolute(path) ? path : resolve(cwd, path);
  };
  return {
    headless: values.headless,
    port: values.port === undefined ? undefined : portNumber(values.port),
    dataDir: toPath(values['data-dir'], '--data-dir'),
    engine: toPath(values.engine, '--engine'),
    verifyData: values['verify-data'],
    open: values.open ?? !values.headless,
    help: values.help,
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`--port needs a number from 0 to 65535, not "${text}".`);
  return port;
}
