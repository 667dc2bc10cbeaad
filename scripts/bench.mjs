import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// `npm run bench`: builds what is stale, then measures under the Node that the app uses.
const root = join(import.meta.dirname, '..');
const node = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const run = (...args) =>
  spawnSync(node, args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });

const built = run('scripts/build.mjs');
if (built.status !== 0) process.exit(built.status ?? 1);
process.exit(run('test/bench/main.ts', ...process.argv.slice(2)).status ?? 1);
