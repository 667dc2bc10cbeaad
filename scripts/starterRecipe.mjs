import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';

// `npm run starter:train` and `npm run starter:export`: the recipe, under a Python that has torch and numpy.
const recipe = join(root, 'models/starter/recipe');
const [step, ...args] = process.argv.slice(2);
const candidates = process.env.PYTHON ? [process.env.PYTHON] : ['python3', '/usr/bin/python3'];
const python = candidates.find(
  (name) => spawnSync(name, ['-c', 'import torch, numpy'], { stdio: 'ignore' }).status === 0,
);

if (step !== 'train' && step !== 'export') {
  console.error('usage: starterRecipe.mjs train|export [options of the recipe]');
  process.exit(2);
}
if (!python) {
  console.error(
    'The recipe needs Python 3 with torch and numpy. On Debian: apt-get install python3-torch libopenblas0-pthread python3-numpy. Or name a Python in the environment variable PYTHON.',
  );
  process.exit(1);
}
const { status } = spawnSync(python, ['-B', join(recipe, `${step}.py`), ...args], {
  cwd: root,
  stdio: 'inherit',
});
process.exit(status ?? 1);
