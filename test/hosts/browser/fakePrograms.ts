import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from '../../../electron/hosts/browser/programs.ts';

/** A world whose PATH holds nothing but small scripts, which write down how they were called. */
export interface FakeWorld extends World {
  /** Installs a program that runs these lines of shell after it wrote its arguments down. */
  install(name: string, script: string): void;
  /** The arguments of the last call of a program; undefined if it was not called. */
  calledWith(name: string): string[] | undefined;
}

/** Makes a {@link FakeWorld} in a folder, with a display unless told otherwise. */
export function makeFakeWorld(dir: string, env: NodeJS.ProcessEnv = { DISPLAY: ':0' }): FakeWorld {
  const bin = join(dir, 'bin');
  mkdirSync(bin);
  return {
    platform: 'linux',
    env: { PATH: bin, ...env },
    install(name, script) {
      const file = join(bin, name);
      const note = join(dir, `${name}.args`);
      writeFileSync(
        file,
        `#!/bin/sh\nprintf '%s\\0' "$@" > '${note}.part'\n/bin/mv '${note}.part' '${note}'\n${script}\n`,
      );
      chmodSync(file, 0o755);
    },
    calledWith(name) {
      const note = join(dir, `${name}.args`);
      return existsSync(note) ? readFileSync(note, 'utf8').split('\0').slice(0, -1) : undefined;
    },
  };
}
