import { join } from 'node:path';
import type { utilityProcess as electronUtilityProcess } from 'electron';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createSpawn } from '../../../electron/hosts/desktop/spawn.ts';
import type { SpawnChild } from '../../../electron/services/children.ts';
import { utilityProcess } from '../../fakes/electron/utilityProcess.ts';
import type { Transport } from './transport.ts';

const entry = join(import.meta.dirname, 'childEntry.ts');

const over = (name: string, spawn: SpawnChild): Transport => ({
  name,
  paces: false,
  clientOutlives: true,
  async open() {
    const child = spawn(entry);
    const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
    return {
      client: child.port,
      lose: () => child.kill(),
      traces: null,
      stall: null,
      async close() {
        child.kill();
        await ended;
      },
    };
  },
});

/** Our own process under Node, as the browser host starts it. */
export const childProcess = over('a child process', createChildProcesses().spawn);

/** Our own process in Electron, as the desktop host starts it. */
export const utility = over(
  "Electron's utility process",
  createSpawn(utilityProcess.fork as unknown as typeof electronUtilityProcess.fork),
);
