import { parseArgs } from 'node:util';
import { evaluate, holds, summarize } from './evaluate.ts';

// `npm run starter:eval`: exit code 1 when a promised bound is broken.
const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    every: { type: 'string', default: '1' },
    wrong: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const outcomes = await evaluate({
  file: values.file,
  every: Number(values.every),
  onCase: (_, index, of) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${index + 1} of ${of}`);
  },
});
if (process.stderr.isTTY) process.stderr.write('\n');

if (values.wrong) {
  for (const { test, answer } of outcomes.filter(({ right }) => !right)) {
    console.log(`${test.kind}: ${test.user}\n  said     ${answer}\n  expected ${test.answer}\n`);
  }
}
const lines = summarize(outcomes);
for (const line of lines) {
  const bound =
    line.atLeast !== undefined
      ? `at least ${line.atLeast}`
      : line.below !== undefined
        ? `below ${line.below}`
        : '';
  const mark = bound === '' ? '' : holds(line) ? 'holds' : 'BROKEN';
  console.log(
    `${line.what.padEnd(46)} ${`${line.value.toFixed(1)} ${line.unit}`.padStart(16)}  ${bound.padEnd(14)} ${mark}`,
  );
}
if (values.json) console.log(JSON.stringify(lines));
if (!lines.every(holds)) process.exitCode = 1;
