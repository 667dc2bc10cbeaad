// `npm run bench`: builds what is stale, then measures under the Node that the app uses.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ownNode, root } from './lib/paths.mjs';

const run = (...args) => spawnSync(ownNode(), args, { cwd: root, stdio: 'inherit' });

const built = run(join(root, 'scripts/build.mjs'));
if (built.status !== 0) process.exit(built.status ?? 1);
process.exit(run(join(root, 'test/bench/main.ts'), ...process.argv.slice(2)).status ?? 1);
