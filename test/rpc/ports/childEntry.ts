import { exitWithParent, openParentPort } from '../../../electron/engine/parentPort.ts';
import { serve } from '../../../electron/rpc/serve.ts';
import { probeContract } from '../probeContract.ts';
import { createProbeService } from '../probeService.ts';

const port = openParentPort();
exitWithParent(port);
serve(probeContract, createProbeService().service, port);
