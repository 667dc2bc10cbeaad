import { getHeapStatistics } from 'node:v8';
import { openParentPort } from '../../../electron/engine/parentPort.ts';

/** A child process for tests: does what a frame asks and sends everything else back. */
const port = openParentPort();
port.onFrame((frame) => {
  const { ask } = frame as { ask?: string };
  if (ask === 'die') {
    process.stderr.write(`${'x'.repeat(10_000)}the last words\n`, () => process.exit(3));
    return;
  }
  if (ask === 'shout') process.stdout.write('words on stdout\n');
  if (ask === 'env') port.post({ env: process.env, heap: getHeapStatistics().heap_size_limit });
  else port.post(frame);
});
port.onClose(() => process.exit(0));
