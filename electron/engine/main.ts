import { isMainThread } from 'node:worker_threads';
import { serve } from '../rpc/serve.ts';
import { engineContract } from './contract.ts';
import { createEngine } from './llama/createEngine.ts';
import { runTemplateThread } from './llama/templateThread.ts';
import { offerForOom } from './offerForOom.ts';
import { exitWithParent, openParentPort } from './parentPort.ts';

// The entry of the inference process; its template thread runs the same file, so that a bundle stays one file.
if (isMainThread) {
  offerForOom();
  const port = openParentPort();
  exitWithParent(port);
  serve(engineContract, createEngine(new URL(import.meta.url)), port, (error, path) => {
    console.error(`${path}:`, error);
  });
} else {
  runTemplateThread();
}
