import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { utilityProcess as electronUtilityProcess } from 'electron';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineContract } from '../../electron/engine/contract.ts';
import { createSpawn } from '../../electron/hosts/desktop/spawn.ts';
import { connect } from '../../electron/rpc/connect.ts';
import { utilityProcess } from '../fakes/electron/utilityProcess.ts';
import { writeFakeDist } from './fakeDist.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'inkling-package-'));
const resources = join(folder, 'out/linux-unpacked/resources');
/** The archive as plain folders, lying as Electron sees it. */
const app = join(folder, 'app');
const { extractAll } = createRequire(import.meta.url)('@electron/asar') as {
  extractAll(archive: string, folder: string): void;
};
const filesIn = (base: string) =>
  readdirSync(base, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(base, join(entry.parentPath, entry.name)));

// Real electron-builder, real files; only Electron's own program is a stand-in, which cannot be had everywhere.
describe.runIf(process.platform === 'linux' && process.arch === 'x64')('the packaged app', () => {
  let packed: readonly string[] = [];
  let unpacked: readonly string[] = [];

  beforeAll(async () => {
    await run(process.execPath, [join(root, 'scripts/build.mjs')], { cwd: root });
    writeFakeDist(join(folder, 'electron'), '101100110');
    const builder = join(root, 'node_modules/electron-builder/cli.js');
    const output = `-c.directories.output=${join(folder, 'out')}`;
    const electron = `-c.electronDist=${join(folder, 'electron')}`;
    await run(process.execPath, [builder, '--dir', '--linux', '--x64', electron, output], {
      cwd: root,
      maxBuffer: 2 ** 24,
    });
    extractAll(join(resources, 'app.asar'), join(app, 'app.asar'));
    cpSync(join(resources, 'app.asar.unpacked'), join(app, 'app.asar.unpacked'), { recursive: true });
    packed = filesIn(join(app, 'app.asar'));
    unpacked = filesIn(join(app, 'app.asar.unpacked'));
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what the app runs, and starts at the desktop host', () => {
    for (const name of [
      'desktop.mjs',
      'preload.cjs',
      'engine.mjs',
      'scan.mjs',
      'notes.mjs',
      'reader.mjs',
      'cmaps/UniGB-UCS2-H.bcmap',
      'hash.mjs',
      'renderer/index.html',
    ])
      expect(packed).toContain(`dist/${name}`);
    const packageJson = JSON.parse(readFileSync(join(app, 'app.asar/package.json'), 'utf8')) as object;
    expect(packageJson).toMatchObject({ main: 'dist/desktop.mjs', type: 'module' });
  });

  it('holds no sources, tests, maps or what building needs', () => {
    const own = packed.filter((file) => !file.startsWith('node_modules/'));
    expect(own.filter((file) => !/^(dist\/|package\.json$|LICENSE$)/.test(file))).toEqual([]);
    const unwanted =
      /\.map$|\.d\.ts$|gitRelease\.bundle|node_modules\/(electron|react|vitest|typescript|vite)\//;
    expect(packed.filter((file) => unwanted.test(file))).toEqual([]);
  });

  it('holds the CPU and Vulkan binaries of this platform as real files, no other platform and no CUDA', () => {
    const binaries = new Set(
      [...packed, ...unpacked]
        .map((file) => /^node_modules\/@node-llama-cpp\/([^/]+)\//.exec(file)?.[1])
        .filter((name) => name !== undefined),
    );
    expect([...binaries].sort()).toEqual(['linux-x64', 'linux-x64-vulkan']);
    expect(unpacked.filter((file) => file.endsWith('llama-addon.node'))).toHaveLength(2);
    // A program of the system opens these: they cannot lie inside the archive.
    const native = packed.filter((file) => /\.(node|so|dll|dylib|gguf)(\.|$)/.test(file));
    expect(native.filter((file) => !unpacked.includes(file))).toEqual([]);
  });

  it('holds the built-in models as real files, because they are mapped into memory', () => {
    const models = readdirSync(join(root, 'dist/models')).filter((name) => name.endsWith('.gguf'));
    for (const name of models) {
      const path = join(app, 'app.asar.unpacked/dist/models', name);
      expect(existsSync(path) && statSync(path).size, name).toBe(
        statSync(join(root, 'dist/models', name)).size,
      );
    }
  });

  it('runs its engine with nothing but what was packed, inside what looks like Electron', async () => {
    const fork = utilityProcess.fork as unknown as typeof electronUtilityProcess.fork;
    const child = createSpawn(fork)(join(app, 'app.asar/dist/engine.mjs'));
    const ended = new Promise<void>((resolve) => child.onExit(() => resolve()));
    try {
      const { engine } = connect(engineContract, child.port);
      expect(await engine.hardware({ gpu: true })).toMatchObject({
        backend: expect.any(String),
        cores: expect.any(Number),
      });
    } finally {
      child.kill();
      await ended;
    }
  }, 60_000);
});
