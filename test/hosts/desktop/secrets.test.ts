import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { askedFor } from '../../fakes/electron/record.ts';
import { secretStore } from '../../fakes/electron/safeStorage.ts';
import { apiOf, startDesktop, stopDesktop } from './startDesktop.ts';

afterEach(stopDesktop);
const token = 'hf_onlyForThisTest0123456789abcd';

describe('secrets on the desktop', () => {
  it('keeps the access token by the system’s store, which is asked only when there is one', async () => {
    const { window, dataDir } = await startDesktop();
    expect(askedFor('safeStorage.encryptString')).toEqual([]);
    const set = await apiOf(window).network.setToken({ token });
    expect(set.token).toMatchObject({ ending: 'abcd', keptBy: 'system' });
    const path = join(dataDir, 'hub-token.json');
    const file = readFileSync(path, 'utf8');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    for (const hidden of [token, Buffer.from(token).toString('base64').slice(0, -4)])
      expect(file).not.toContain(hidden);
    expect(askedFor('safeStorage.encryptString')).toHaveLength(1);
  });

  it('says so where the system has none, and uses the file’s rights', async () => {
    for (const change of [{ available: false }, { available: true, backend: 'basic_text' }]) {
      const { window } = await startDesktop();
      Object.assign(secretStore, change);
      const set = await apiOf(window).network.setToken({ token });
      expect(set.token).toMatchObject({ keptBy: process.platform === 'linux' ? 'file' : expect.any(String) });
      expect(askedFor('safeStorage.encryptString')).toEqual([]);
      await stopDesktop();
    }
  });
});
