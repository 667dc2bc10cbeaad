import { createServer } from 'node:http';
import {
  type AddressInfo,
  connect as connectTcp,
  createServer as createTcpServer,
  type Socket,
} from 'node:net';
import { WebSocketServer } from 'ws';
import { createWebSocketPort } from '../../../electron/hosts/browser/webSocketPort.ts';
import { serve } from '../../../electron/rpc/serve.ts';
import { createSocketPort } from '../../../renderer/platform/socketPort.ts';
import { probeContract } from '../probeContract.ts';
import { createProbeService } from '../probeService.ts';
import type { Transport } from './transport.ts';

/** The loopback server's port and the page's own socket, with a wire between them that can be cut and held. */
export const webSocket: Transport = {
  name: 'WebSocket',
  paces: true,
  clientOutlives: true,
  async open() {
    const { service, traces } = createProbeService();
    const http = createServer();
    const sockets = new WebSocketServer({ server: http, handleProtocols: () => 'inkling' });
    sockets.on('connection', (socket) => serve(probeContract, service, createWebSocketPort(socket)));
    const wire = createWire(await listen(http));
    const client = createSocketPort(`ws://127.0.0.1:${await listen(wire.server)}/rpc`, 'token');
    return {
      client,
      lose: wire.cut,
      traces,
      stall: { pause: wire.hold, resume: wire.release },
      async close() {
        wire.cut();
        wire.server.close();
        for (const socket of sockets.clients) socket.terminate();
        sockets.close();
        http.close();
      },
    };
  },
};

function listen(server: {
  listen(port: number, host: string, done: () => void): unknown;
  address(): unknown;
}) {
  return new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function createWire(port: number) {
  const wires: { readonly page: Socket; readonly host: Socket }[] = [];
  const server = createTcpServer((page) => {
    const host = connectTcp(port, '127.0.0.1');
    wires.push({ page, host });
    page.pipe(host);
    host.pipe(page);
    for (const end of [page, host]) end.on('error', () => {});
  });
  return {
    server,
    cut() {
      for (const { page, host } of wires.splice(0)) {
        page.destroy();
        host.destroy();
      }
    },
    hold() {
      for (const { host } of wires) host.unpipe();
    },
    release() {
      for (const { page, host } of wires) host.pipe(page);
    },
  };
}
