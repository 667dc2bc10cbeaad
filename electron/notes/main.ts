import { exitWithParent, openParentPort } from '../engine/parentPort.ts';
import { serve } from '../rpc/serve.ts';
import { notesProcessContract } from './contract.ts';
import { createNotes } from './createNotes.ts';

// The entry of the process that reads and writes notes. It may be ended at any moment.
const port = openParentPort();
exitWithParent(port);
serve(notesProcessContract, { notes: createNotes().service }, port, (error, path) => {
  console.error(`${path}:`, error);
});
