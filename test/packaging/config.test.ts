import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);
// electron-builder's own reader and its own check of the configuration.
const yaml = require('js-yaml') as { load(text: string): unknown };
const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
  validateConfiguration(config: unknown, log: { isEnabled: boolean }): Promise<void>;
};
const targets = z.object({ target: z.array(z.string()) });
const parsed = yaml.load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
const config = z
  .object({
    appId: z.string(),
    icon: z.string(),
    afterPack: z.string(),
    asar: z.boolean(),
    asarUnpack: z.array(z.string()),
    files: z.array(z.string()),
    npmRebuild: z.boolean(),
    linux: targets,
    mac: targets,
    win: targets,
  })
  .parse(parsed);

describe('electron-builder.yml', () => {
  it('is valid for the electron-builder that is installed', async () => {
    await expect(validateConfiguration(parsed, { isEnabled: false })).resolves.toBeUndefined();
    const broken = { ...(parsed as object), asarUnpacked: [] };
    await expect(validateConfiguration(broken, { isEnabled: false })).rejects.toThrow('asarUnpacked');
  });

  it('makes AppImage and deb, dmg, and nsis', () => {
    expect(config.linux.target).toEqual(['AppImage', 'deb']);
    expect(config.mac.target).toEqual(['dmg']);
    expect(config.win.target).toEqual(['nsis']);
  });

  it('packs one archive, with only native code, models and a thread outside of it', () => {
    expect(config.asar).toBe(true);
    expect(config.asarUnpack).toEqual(['node_modules/@node-llama-cpp/**', 'dist/models/**', 'dist/hash.mjs']);
    expect(config.npmRebuild).toBe(false);
  });

  it('takes no sources, no tests and no CUDA', () => {
    const taken = config.files.filter((pattern) => !pattern.startsWith('!'));
    for (const pattern of taken) expect(pattern).toMatch(/^(dist\/|package\.json$|LICENSE$)/);
    expect(taken).not.toContain('dist/browser.mjs');
    expect(config.files).toContain('!node_modules/@node-llama-cpp/*-cuda*/**');
  });

  it('names files that exist', () => {
    for (const file of [config.icon, config.afterPack]) expect(existsSync(join(root, file)), file).toBe(true);
    const png = readFileSync(join(root, config.icon));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1024, 1024]);
  });
});
