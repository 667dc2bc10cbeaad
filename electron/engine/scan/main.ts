import { serve } from '../../rpc/serve.ts';
import { offerForOom } from '../offerForOom.ts';
import { exitWithParent, openParentPort } from '../parentPort.ts';
import { scanContract } from './contract.ts';
import { hashFile } from './hashFile.ts';
import { readBeginning, readHeader } from './readHeader.ts';
import { shapeOf, tellsEnough } from './shape.ts';
import { splitOf, summarize } from './summarize.ts';

// The entry of the process that reads headers of model files: disposable, its memory limited by whoever starts it.
offerForOom();
const port = openParentPort();
exitWithParent(port);
serve(
  scanContract,
  {
    scan: {
      async read({ path }) {
        const header = await readHeader(path);
        const { fileSize, metadata } = header;
        return { summary: summarize(header), shape: shapeOf(metadata), fileSize, split: splitOf(header) };
      },
      async readBeginning({ path, wholeSize }) {
        const { metadata, complete } = await readBeginning(path, wholeSize);
        const shape = shapeOf(metadata);
        return complete || tellsEnough(shape) ? shape : null;
      },
      hash: ({ path }, { signal }) => hashFile(path, signal),
    },
  },
  port,
  (error, path) => console.error(`${path}:`, error),
);
