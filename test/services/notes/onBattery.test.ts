import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBatteryLook } from '../../../electron/services/notes/onBattery.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

// Other systems are not asked yet: there the answer is always no.
describe.skipIf(process.platform !== 'linux')('the look at the battery', () => {
  let folder = '';
  beforeEach(() => {
    folder = makeDir();
  });
  afterEach(() => removeDir(folder));
  const supply = (name: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
  };
  const look = () => createBatteryLook(folder)();

  it('says yes while a battery of the machine is discharging', async () => {
    supply('AC', { type: 'Mains', online: '0' });
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    expect(await look()).toBe(true);
  });

  it('says no while it charges or is full, and where there is none', async () => {
    supply('BAT0', { type: 'Battery', status: 'Charging' });
    supply('BAT1', { type: 'Battery', status: 'Full' });
    expect(await look()).toBe(false);
    expect(await createBatteryLook(join(folder, 'nothing here'))()).toBe(false);
  });

  it('is not misled by the battery of a mouse', async () => {
    supply('hidpp_battery_0', { type: 'Battery', scope: 'Device', status: 'Discharging' });
    expect(await look()).toBe(false);
  });
});
