import { createAsyncQueue } from '../base/asyncQueue.ts';
import { InklingError } from '../contract/errors.ts';
import { offerForOom } from '../engine/offerForOom.ts';
import { exitWithParent, openParentPort } from '../engine/parentPort.ts';
import { serve } from '../rpc/serve.ts';
import { type Extracted, readerContract } from './contract.ts';
import { createFinder } from './find/createFinder.ts';
import { guardMemory } from './guardMemory.ts';
import { checkSize, openBytes } from './openBytes.ts';
import { readBytes } from './readBytes.ts';

// The entry of the process that reads attached files: disposable, its memory limited by whoever starts it.
offerForOom();
guardMemory();
const port = openParentPort();
exitWithParent(port);

let pieces: Buffer[] = [];
let size = 0;
const finder = createFinder();
type ReadEvent = { type: 'progress'; done: number; total: number } | { type: 'read'; extracted: Extracted };

serve(
  readerContract,
  {
    reader: {
      push({ at, data }) {
        if (at !== size) throw new InklingError('bad_input', 'Pieces of the file came in a wrong order.');
        const piece = Buffer.from(data, 'base64');
        checkSize(size + piece.length);
        pieces.push(piece);
        size += piece.length;
        return null;
      },
      async *read({ name, path }) {
        const bytes = path === null ? Buffer.concat(pieces) : await openBytes(path);
        pieces = [];
        size = 0;
        const events = createAsyncQueue<ReadEvent>();
        readBytes(name, bytes, (done, total) => events.push({ type: 'progress', done, total })).then(
          (extracted) => {
            events.push({ type: 'read', extracted });
            events.end();
          },
          (error: unknown) => events.fail(error),
        );
        yield* events;
      },
      index(text) {
        finder.index(text);
        return null;
      },
      find: (wish) => ({ passages: finder.find(wish) }),
    },
  },
  port,
  (error, path) => console.error(`${path}:`, error),
);
