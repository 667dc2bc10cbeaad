import { stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type ShapeName, shapes, writeRandomModel } from './randomModel.ts';

const names = Object.keys(shapes).join('|');
const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    size: { type: 'string', default: 'tiny' },
    seed: { type: 'string', default: '1' },
    endless: { type: 'boolean', default: false },
  },
});

if (!values.out || !Object.hasOwn(shapes, values.size)) {
  console.error(`usage: randomModelCli --out FILE [--size ${names}] [--seed N] [--endless]`);
  process.exitCode = 2;
} else {
  await writeRandomModel(values.out, {
    shape: values.size as ShapeName,
    seed: Number(values.seed),
    endless: values.endless,
  });
  console.log(`${values.out}: ${((await stat(values.out)).size / 1e6).toFixed(1)} MB`);
}
