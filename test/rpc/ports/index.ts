import { childProcess, utility } from './childProcess.ts';
import { electronIpc } from './electronIpc.ts';
import { messageChannel } from './messageChannel.ts';
import type { Transport } from './transport.ts';
import { webSocket } from './webSocket.ts';

/** Every port the suite runs over. A new transport is one more line here. */
export const transports: readonly Transport[] = [
  messageChannel,
  webSocket,
  childProcess,
  utility,
  electronIpc,
];
