import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A look at the battery is good for this long, ms. */
const fresh = 10_000;

/** Makes a question: does this machine run on its battery? Linux tells; elsewhere the answer is no. */
export function createBatteryLook(folder = '/sys/class/power_supply'): () => Promise<boolean> {
  let known = { at: Number.NEGATIVE_INFINITY, answer: false };
  return async () => {
    if (process.platform !== 'linux') return false;
    if (performance.now() - known.at < fresh) return known.answer;
    known = { at: performance.now(), answer: await discharging(folder) };
    return known.answer;
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
