import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ownNode, root } from './lib/paths.mjs';

// `npm run starter:eval`: the starter model on its held-out test set, through the app's own engine process.
const main = join(root, 'test/models/starter/evaluateMain.ts');
const { status } = spawnSync(ownNode() ?? process.execPath, [main, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
