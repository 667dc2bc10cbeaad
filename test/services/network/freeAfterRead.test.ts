import { randomBytes } from 'node:crypto';
import { Agent, createServer as createHttp, request } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { freeAfterRead } from '../../../electron/services/network/freeAfterRead.ts';

const bytes = randomBytes(4 << 20);
const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(server);
  return (server.address() as AddressInfo).port;
}

/** A connection to somebody who sends the bytes and hangs up. */
async function connectTo(): Promise<Socket> {
  const port = await listen(createServer((socket) => socket.end(bytes)));
  return freeAfterRead(connect(port, '127.0.0.1'));
}

it('frees what its listeners have seen, once all of them have seen it', async () => {
  const socket = await connectTo();
  const seen: Buffer[] = [];
  const copies: Buffer[] = [];
  socket.on('data', (chunk) => seen.push(chunk));
  socket.on('data', (chunk) => copies.push(Buffer.from(chunk)));
  await new Promise((resolve) => socket.once('close', resolve));
  expect(Buffer.concat(copies).equals(bytes)).toBe(true);
  expect(seen.filter(({ length }) => length > 0)).toEqual([]);
});

it('keeps what still waits for a reader', async () => {
  const socket = await connectTo();
  const parts: Buffer[] = [];
  for await (const chunk of socket) {
    parts.push(Buffer.from(chunk as Buffer));
    await sleep(1);
  }
  expect(Buffer.concat(parts).equals(bytes)).toBe(true);
});

it('does no harm to the answers of an HTTP client that uses its connection again, read at once or slowly', async () => {
  const port = await listen(createHttp((_, response) => response.end(bytes)));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  open.push({ close: () => agent.destroy() });
  const create = agent.createConnection.bind(agent);
  let connections = 0;
  agent.createConnection = (options, done) => {
    connections++;
    const connection = create(options, done);
    return connection && freeAfterRead(connection);
  };
  for (const pause of [0, 1, 0]) {
    const parts: Buffer[] = [];
    const response = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
      request({ port, host: '127.0.0.1', agent }, resolve).once('error', reject).end();
    });
    for await (const chunk of response) {
      parts.push(chunk);
      if (pause > 0) await sleep(pause);
    }
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  }
  expect(connections).toBe(1);
});
