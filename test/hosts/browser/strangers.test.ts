import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../electron/hosts/browser/server.ts';
import { request, upgradeHeaders } from './request.ts';

const files = { page: { before: '', after: '' }, files: new Map() } as never;

async function serve(strangerMs: number) {
  const server = await startServer(0, {
    files,
    health: () => ({ fine: true }),
    onPort: () => {},
    strangerMs,
  });
  onTestFinished(() => server.close());
  const port = Number(new URL(server.url).port);
  const sockets: Socket[] = [];
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  return {
    port,
    token: server.guard.secrets.token,
    /** Opens a connection that sends these bytes and nothing more. */
    async open(bytes = '') {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
      await new Promise((resolve) => socket.once('connect', resolve));
      if (bytes) socket.write(bytes);
      return socket;
    },
    living: () => sockets.filter((socket) => !socket.destroyed && !socket.closed).length,
    /** Reads, so that an end by the server is noticed. */
    watch: () => {
      for (const socket of sockets) socket.resume();
    },
  };
}

it('keeps at most 64 connections without a key, and answers whoever has one all the time', async () => {
  const { port, token, open, living, watch } = await serve(60_000);
  for (let n = 0; n < 200; n++) await open(n % 2 ? 'GET / HTTP/1.1\r\nHost: 127.0.0.1' : '');
  watch();
  await sleep(200);
  expect(living()).toBeLessThanOrEqual(64);
  expect(living()).toBeGreaterThan(32);
  const { status } = await request(port, '/healthz', { headers: { Authorization: `Bearer ${token}` } });
  expect(status).toBe(200);
});

it('ends a connection that shows no key in time, whatever it sends, and never one that did', async () => {
  const { port, token, open, living, watch } = await serve(300);
  const slow = await open('GET / HTTP/1.1\r\n');
  await open();
  const refused = await open(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
  const known = await open(
    `GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  const headers = upgradeHeaders(`inkling, ${token}`);
  const window = await open(
    `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${Object.entries(headers)
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join('')}\r\n`,
  );
  watch();
  const drip = setInterval(() => slow.write('X-More: 1\r\n'), 50);
  onTestFinished(() => clearInterval(drip));
  await sleep(900);
  expect(living()).toBe(2);
  expect([slow.destroyed || slow.closed, refused.destroyed || refused.closed]).toEqual([true, true]);
  expect([known.destroyed, window.destroyed]).toEqual([false, false]);
});
