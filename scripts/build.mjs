// Builds into dist/ what is stale: `node scripts/build.mjs [--force]`.
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { dist, ownNode, root } from './lib/paths.mjs';
import { filesIn, hashOf, readNote, writeNote } from './lib/stamps.mjs';

// The model's writer is TypeScript, which Inkling's own Node runs as it is. Versions are compared, not paths: a path
// through a link never equals the real one, and this script would start itself for ever.
if (Number(process.versions.node.split('.')[0]) < 24) {
  process.exit(spawnSync(ownNode(), process.argv.slice(1), { stdio: 'inherit' }).status ?? 1);
}

const force = process.argv.includes('--force');
const note = join(dist, 'build.json');
const shared = ['package.json', 'package-lock.json', 'scripts/build.mjs'];

const entries = [
  { out: 'browser.mjs', from: 'electron/hosts/browser/main.ts' },
  { out: 'desktop.mjs', from: 'electron/hosts/desktop/main.ts' },
  { out: 'preload.cjs', from: 'electron/hosts/desktop/preload.ts' },
  { out: 'engine.mjs', from: 'electron/engine/main.ts' },
  { out: 'scan.mjs', from: 'electron/engine/scan/main.ts' },
  { out: 'notes.mjs', from: 'electron/notes/main.ts' },
  { out: 'reader.mjs', from: 'electron/reader/main.ts' },
  { out: 'hash.mjs', from: 'electron/services/downloads/hashThread.ts' },
];
const starter = 'models/starter/inkling-starter.gguf';
/** Tables that pdf.js needs for old East Asian fonts; the rest of it is bundled into the reader. */
const cmaps = 'node_modules/pdfjs-dist/cmaps';
const modelSources = filesIn(join(root, 'models'))
  .filter((file) => /\.(ts|json)$/.test(file))
  .map((file) => relative(root, file));

const steps = [
  ...entries.map(({ out, from }) => ({
    name: out,
    inputs: ['electron', ...modelSources, ...shared],
    outputs: [out],
    run: () => bundle(from, join(dist, out)),
  })),
  {
    name: 'window',
    inputs: ['renderer', 'vite.config.ts', 'electron/base', 'electron/contract', 'electron/rpc', ...shared],
    outputs: ['renderer/index.html'],
    run: bundleWindow,
  },
  {
    name: 'built-in model',
    inputs: [starter, 'scripts/build.mjs'],
    outputs: ['models/inkling-starter.gguf'],
    run: copyStarter,
  },
  {
    name: 'font tables',
    inputs: [...shared],
    outputs: ['cmaps/UniGB-UCS2-H.bcmap'],
    run: copyFontTables,
  },
  {
    name: 'test model',
    inputs: [...modelSources, 'scripts/build.mjs'],
    outputs: ['test-models/inkling-tiny-random.gguf'],
    run: writeTestModel,
  },
];

const done = readNote(note);
for (const step of steps) {
  const hash = hashOf(step.inputs);
  const fresh = done[step.name] === hash && step.outputs.every((file) => existsSync(join(dist, file)));
  if (fresh && !force) continue;
  const start = performance.now();
  try {
    await step.run(step);
  } catch (error) {
    console.error(`could not build ${step.name}: ${error.message}`);
    process.exitCode = 1;
    continue;
  }
  done[step.name] = hash;
  writeNote(note, done);
  console.error(`built ${step.name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}

async function bundle(from, outfile) {
  const { build } = await import('esbuild');
  const format = outfile.endsWith('.cjs') ? 'cjs' : 'esm';
  // ESM bundles have no `require`; the few CommonJS packages inside (ws) ask it for Node's own modules.
  const js =
    "import { createRequire as inklingRequire } from 'node:module';const require = inklingRequire(import.meta.url);";
  await build({
    absWorkingDir: root,
    entryPoints: [from],
    outfile,
    format,
    bundle: true,
    platform: 'node',
    target: 'node24',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'silent',
    external: ['electron', 'node-llama-cpp', 'bufferutil', 'utf-8-validate'],
    ...(format === 'esm' && { banner: { js } }),
  });
}

async function bundleWindow() {
  const { build } = await import('vite');
  await build({ configFile: join(root, 'vite.config.ts'), logLevel: 'error' });
}

async function copyStarter({ outputs }) {
  emptyFolder('models');
  for (const output of outputs) copyFileSync(join(root, starter), join(dist, output));
}

async function copyFontTables() {
  emptyFolder('cmaps');
  cpSync(join(root, cmaps), join(dist, 'cmaps'), { recursive: true, dereference: true });
}

async function writeTestModel({ outputs }) {
  const { writeRandomModel } = await import('../models/randomModel.ts');
  emptyFolder('test-models');
  for (const output of outputs) await writeRandomModel(join(dist, output));
}

function emptyFolder(name) {
  rmSync(join(dist, name), { recursive: true, force: true });
  mkdirSync(join(dist, name), { recursive: true });
}
