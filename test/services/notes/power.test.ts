import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPower } from '../../../electron/services/notes/power.ts';
import { makeDir, removeDir } from '../../hosts/browser/startHost.ts';

// Other systems are not asked yet: there the answer is always no.
describe.skipIf(process.platform !== 'linux')('work that can wait', () => {
  let folder = '';
  beforeEach(() => {
    folder = makeDir();
  });
  afterEach(() => {
    vi.useRealTimers();
    removeDir(folder);
  });
  const supply = (name: string, files: Readonly<Record<string, string>>) => {
    mkdirSync(join(folder, name));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, name, file), `${text}\n`);
  };
  const look = () => createPower(folder).waits();

  it('waits while a battery of the machine is discharging', async () => {
    supply('AC', { type: 'Mains', online: '0' });
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    expect(await look()).toBe(true);
  });

  it('does not wait while it charges or is full, and where there is none', async () => {
    supply('BAT0', { type: 'Battery', status: 'Charging' });
    supply('BAT1', { type: 'Battery', status: 'Full' });
    expect(await look()).toBe(false);
    expect(await createPower(join(folder, 'nothing here')).waits()).toBe(false);
  });

  it('is not misled by the battery of a mouse', async () => {
    supply('hidpp_battery_0', { type: 'Battery', scope: 'Device', status: 'Discharging' });
    expect(await look()).toBe(false);
  });

  it('goes on when a person wants it, until the machine was charged again', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const power = createPower(folder);
    const at = async (status: string) => {
      writeFileSync(join(folder, 'BAT0', 'status'), status);
      vi.advanceTimersByTime(60_000);
      return power.waits();
    };
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    expect(await at('Discharging')).toBe(true);
    power.goOn();
    expect(await at('Discharging')).toBe(false);
    expect(await at('Charging')).toBe(false);
    expect(await at('Discharging')).toBe(true);
  });

  it('notices a charge while nobody asks', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    supply('BAT0', { type: 'Battery', status: 'Discharging' });
    const power = createPower(folder);
    expect(await power.waits()).toBe(true);
    power.goOn();
    expect(await power.waits()).toBe(false);
    writeFileSync(join(folder, 'BAT0', 'status'), 'Charging');
    vi.advanceTimersByTime(30_000);
    // It stops looking once it saw that.
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(0));
    writeFileSync(join(folder, 'BAT0', 'status'), 'Discharging');
    vi.advanceTimersByTime(30_000);
    expect(await power.waits()).toBe(true);
  });
});
