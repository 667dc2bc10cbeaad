import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { pageUrl } from '../../../electron/hosts/desktop/address.ts';
import { acceptPages } from '../../../electron/hosts/desktop/ipcPort.ts';
import { serve } from '../../../electron/rpc/serve.ts';
import { createBridgePort, type InklingBridge } from '../../../renderer/platform/bridgePort.ts';
import { buildPreload } from '../../fakes/electron/buildPreload.ts';
import { FakeWebContents } from '../../fakes/electron/webContents.ts';
import { probeContract } from '../probeContract.ts';
import { createProbeService } from '../probeService.ts';
import type { Transport } from './transport.ts';

/** The desktop window: the page's bridge, the built preload, the IPC port of main. */
export const electronIpc: Transport = {
  name: 'Electron IPC',
  paces: false,
  clientOutlives: false,
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'inkling-ipc-'));
    const contents = new FakeWebContents({
      preload: await buildPreload(folder),
      answerFor: () => undefined,
    });
    const { service, traces } = createProbeService();
    acceptPages(contents as unknown as WebContents, (port) => serve(probeContract, service, port));
    await contents.load(pageUrl);
    return {
      client: createBridgePort(contents.page?.window['inkling'] as InklingBridge),
      lose: () => contents.crash('crashed'),
      traces,
      stall: null,
      async close() {
        contents.destroy();
        rmSync(folder, { recursive: true });
      },
    };
  },
};
