import { WebSocket } from 'ws';
import { type AppApi, contract } from '../electron/contract/index.ts';
import { connect } from '../electron/rpc/connect.ts';
import { createPortEnd, type Port } from '../electron/rpc/port.ts';

/** The app's api, with the connection it goes over. */
export type Client = AppApi & { close(): void };

/** Connects to a running host as any automation would: a WebSocket, its token, and the contract. */
export async function openClient(host: { readonly url: string; readonly token: string }): Promise<Client> {
  const socket = new WebSocket(`${host.url.replace('http', 'ws')}/rpc`, ['inkling', host.token]);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return { ...connect(contract, portOf(socket)), close: () => socket.close() };
}

/** Collects a stream whole. */
export async function collect<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const event of events) all.push(event);
  return all;
}

function portOf(socket: WebSocket): Port {
  const end = createPortEnd({
    post: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.close(),
  });
  socket.on('message', (data) => end.receive(JSON.parse(data.toString())));
  socket.on('close', end.closed);
  return end.port;
}
