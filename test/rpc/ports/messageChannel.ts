import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createPortEnd, type Port } from '../../../electron/rpc/port.ts';
import { serve } from '../../../electron/rpc/serve.ts';
import { probeContract } from '../probeContract.ts';
import { createProbeService } from '../probeService.ts';
import type { Transport } from './transport.ts';

function messagePort(channel: MessagePort): Port {
  const end = createPortEnd({
    post: (frame) => void channel.postMessage(frame),
    close: () => channel.close(),
  });
  channel.on('message', end.receive);
  channel.on('close', end.closed);
  return end.port;
}

/** The plainest port: structured clones, in one process. */
export const messageChannel: Transport = {
  name: 'MessageChannel',
  paces: false,
  clientOutlives: true,
  async open() {
    const { port1, port2 } = new MessageChannel();
    const { service, traces } = createProbeService();
    serve(probeContract, service, messagePort(port1));
    return {
      client: messagePort(port2),
      lose: () => port2.close(),
      traces,
      stall: null,
      close: async () => port2.close(),
    };
  },
};
