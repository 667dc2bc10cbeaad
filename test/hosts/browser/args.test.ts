import { describe, expect, it } from 'vitest';
import { readArgs } from '../../../electron/hosts/browser/args.ts';
import { defaultDataDir } from '../../../electron/hosts/dataDir.ts';

const read = (...argv: string[]) => readArgs(argv, '/here');

describe('the command line', () => {
  it('opens a window on the usual port unless told otherwise', () => {
    expect(read()).toEqual({
      headless: false,
      port: undefined,
      dataDir: undefined,
      engine: undefined,
      verifyData: false,
      open: true,
      help: false,
    });
  });

  it('reads the seams for automation; relative paths start where the person stands', () => {
    expect(read('--headless', '--port', '0', '--data-dir', 'd', '--engine=/e.ts')).toMatchObject({
      headless: true,
      port: 0,
      dataDir: '/here/d',
      engine: '/e.ts',
      open: false,
    });
  });

  it('can serve with a window address but without a window, and the other way round', () => {
    expect(read('--no-open').open).toBe(false);
    expect(read('--headless', '--open').open).toBe(true);
  });

  it.each([
    [['--prot', '1'], '--prot'],
    [['extra'], 'extra'],
    [['--port'], '--port'],
    [['--port', 'x'], 'from 0 to 65535'],
    [['--port', '65536'], 'from 0 to 65535'],
    [['--port', '-1'], '--port'],
    [['--port', '0x50'], 'from 0 to 65535'],
    [['--data-dir', ''], 'needs a path'],
    [['--headless=yes'], '--headless'],
  ])('refuses %j and names it', (argv, words) => {
    expect(() => read(...argv)).toThrow(words);
  });
});

describe('the data folder', () => {
  it('lies where each system keeps such things', () => {
    const at = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) =>
      defaultDataDir(platform, env, '/home/me');
    expect(at('linux', {})).toBe('/home/me/.local/share/inkling');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/inkling');
    expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/me/.local/share/inkling');
    expect(at('darwin', {})).toBe('/home/me/Library/Application Support/Inkling');
    expect(at('win32', { APPDATA: '/roaming' })).toBe('/roaming/Inkling');
  });
});
