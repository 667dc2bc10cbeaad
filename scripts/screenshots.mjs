// `npm run screenshots`: builds what is stale, then takes the pictures in docs/images anew.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ownNode, root } from './lib/paths.mjs';

for (const script of ['scripts/build.mjs', 'test/e2e/screenshots.ts']) {
  const { status } = spawnSync(ownNode(), [join(root, script)], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
