import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A look at the battery is good for this long, ms. */
const fresh = 10_000;

/** What this machine runs on. Linux tells; elsewhere nothing waits. */
export interface Power {
  /** Whether work that is not needed now is to wait for mains power. */
  waits(): Promise<boolean>;
  /** A person does not want to wait; holds until mains power came back. */
  goOn(): void;
  close(): void;
}

/** Makes a {@link Power} that looks into the system's folder of batteries. */
export function createPower(folder = '/sys/class/power_supply'): Power {
  let known = { at: Number.NEGATIVE_INFINITY, answer: false };
  /** Looks whether mains power came back, while a person does not want to wait: nobody else may ask meanwhile. */
  let goesOn: NodeJS.Timeout | null = null;
  const stop = () => {
    if (goesOn) clearInterval(goesOn);
    goesOn = null;
  };
  const look = async (): Promise<boolean> => {
    if (process.platform !== 'linux') return false;
    if (performance.now() - known.at >= fresh)
      known = { at: performance.now(), answer: await discharging(folder) };
    if (!known.answer) stop();
    return known.answer;
  };
  return {
    waits: async () => (await look()) && goesOn === null,
    goOn() {
      goesOn ??= setInterval(() => void look(), fresh).unref();
    },
    close: stop,
  };
}

async function discharging(folder: string): Promise<boolean> {
  const read = (name: string, file: string) =>
    readFile(join(folder, name, file), 'utf8').then(
      (text) => text.trim(),
      () => '',
    );
  const supplies = await readdir(folder).catch(() => []);
  for (const name of supplies) {
    // A mouse has a battery, too; its scope is "Device".
    if ((await read(name, 'type')) !== 'Battery' || (await read(name, 'scope')) === 'Device') continue;
    if ((await read(name, 'status')) === 'Discharging') return true;
  }
  return false;
}
