import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import type { HashOrder, HashWord } from './prefixHash.ts';

/** Bytes read at once, and slices between two words about progress. */
const slice = 1 << 18;
const slices = 32;

// Follows a file that is still being written: reads what is told to be there, back from the system's cache.
const port = parentPort;
if (!port) throw new Error('This is a thread of Inkling; it is started by the app.');
const { fd } = workerData as { fd: number };
const hash = createHash('sha256');
const buffer = Buffer.allocUnsafe(slice);
let position = 0;
let limit = 0;
let running = false;

const say = (word: HashWord) => port.postMessage(word);

function run(): void {
  running = true;
  try {
    for (let n = 0; n < slices && position < limit; n++) {
      const read = readSync(fd, buffer, 0, Math.min(slice, limit - position), position);
      if (read === 0) throw new Error('the file became shorter while it was read');
      hash.update(buffer.subarray(0, read));
      position += read;
    }
  } catch (error) {
    say({ failed: error });
    port?.close();
    return;
  }
  running = position < limit;
  say({ position });
  if (running) setImmediate(run);
}

port.on('message', (order: HashOrder) => {
  if (order === 'digest') say({ digest: hash.digest('hex') });
  else if (order === 'stop') port.close();
  else {
    limit = order.limit;
    if (!running) run();
  }
});
