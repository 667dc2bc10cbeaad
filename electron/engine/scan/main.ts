import { serve } from '../../rpc/serve.ts';
import { offerForOom } from '../offerForOom.ts';
import { exitWithParent, openParentPort } from '../parentPort.ts';
import { scanContract } from './contract.ts';
import { readHeader } from './readHeader.ts';
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
        return { summary: summarize(header), fileSize: header.fileSize, split: splitOf(header) };
      },
    },
  },
  port,
  (error, path) => console.error(`${path}:`, error),
);
