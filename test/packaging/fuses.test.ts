import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterEach, describe, expect, it } from 'vitest';
import { afterPack, fuses, programOf } from '../../scripts/afterPack.mjs';
import { writeFakeDist } from './fakeDist.ts';

/** What each fuse must be, and why that is so. */
const wanted = {
  RunAsNode: [false, 'the app is no plain Node for whoever can start it'],
  EnableCookieEncryption: [true, 'what Chromium stores is encrypted by the system'],
  EnableNodeOptionsEnvironmentVariable: [false, 'no code gets in by the environment'],
  EnableNodeCliInspectArguments: [false, 'no debugger gets in by the command line'],
  EnableEmbeddedAsarIntegrityValidation: [true, 'a changed archive is not run'],
  OnlyLoadAppFromAsar: [true, 'no folder beside the archive is run instead of it'],
  LoadBrowserProcessSpecificV8Snapshot: [false, 'there is none'],
  GrantFileProtocolExtraPrivileges: [false, 'the window comes from app://'],
  WasmTrapHandlers: [true, 'WebAssembly runs at its usual speed and safety'],
} as const;
const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
const folder = mkdtempSync(join(tmpdir(), 'inkling-fuses-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const context = (electronPlatformName: string) => ({
  electronPlatformName,
  appOutDir: folder,
  packager: { appInfo: { productFilename: 'Inkling' }, executableName: 'inkling' },
});

describe("Electron's fuses", () => {
  it('are decided on, every one that Electron has', () => {
    expect(Object.keys(wanted).sort()).toEqual(names.sort());
    expect(Object.keys(fuses)).toHaveLength(names.length);
  });

  it.each(Object.entries(wanted))('%s is %j', (name, [value]) => {
    expect(fuses[FuseV1Options[name as keyof typeof wanted]]).toBe(value);
  });

  it('are written into the program after packing', async () => {
    writeFakeDist(folder, '101100110');
    renameSync(join(folder, 'electron'), join(folder, 'inkling'));
    await afterPack(context('linux'));
    const wire: Readonly<Record<string, unknown>> = await getCurrentFuseWire(join(folder, 'inkling'));
    for (const [name, [value]] of Object.entries(wanted)) {
      const state = wire[String(FuseV1Options[name as keyof typeof wanted])];
      expect(state, name).toBe(value ? FuseState.ENABLE : FuseState.DISABLE);
    }
  });

  it('stop the packaging when a later Electron brings one nobody decided on', async () => {
    writeFakeDist(folder, '1011001101');
    renameSync(join(folder, 'electron'), join(folder, 'inkling'));
    await expect(afterPack(context('linux'))).rejects.toThrow(/fuse/i);
  });

  it('are looked for in the program of each platform', () => {
    expect(programOf(context('linux'))).toBe(join(folder, 'inkling'));
    expect(programOf(context('darwin'))).toBe(join(folder, 'Inkling.app/Contents/MacOS/Inkling'));
    expect(programOf(context('win32'))).toBe(join(folder, 'Inkling.exe'));
    expect(() => programOf(context('beos'))).toThrow('beos');
  });
});
