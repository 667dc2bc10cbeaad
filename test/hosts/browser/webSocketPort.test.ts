import type { Socket } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createWebSocketPort } from '../../../electron/hosts/browser/webSocketPort.ts';
import type { Port } from '../../../electron/rpc/port.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const thing of open.splice(0)) thing.close();
});

/** A port and the far end of its socket. */
async function connectPair(): Promise<{ port: Port; served: WebSocket; far: WebSocket; answers: unknown[] }> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: 1 << 20 });
  await new Promise((resolve) => server.once('listening', resolve));
  const accepted = new Promise<WebSocket>((resolve) => server.once('connection', resolve));
  const { port: number } = server.address() as { port: number };
  const far = new WebSocket(`ws://127.0.0.1:${number}`);
  const answers: unknown[] = [];
  far.on('message', (data) => answers.push(JSON.parse(data.toString())));
  const served = await accepted;
  await new Promise((resolve) => (far.readyState === far.OPEN ? resolve(null) : far.once('open', resolve)));
  open.push({ close: () => far.terminate() }, server);
  return { port: createWebSocketPort(served), served, far, answers };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 50));
const netSocketOf = (socket: WebSocket) => (socket as unknown as { _socket: Socket })._socket;

describe('a WebSocket port', () => {
  it('carries frames both ways, in order', async () => {
    const { port, far, answers } = await connectPair();
    const got: unknown[] = [];
    port.onFrame((frame) => got.push(frame));
    for (let n = 0; n < 100; n++) {
      far.send(JSON.stringify({ n }));
      port.post({ n });
    }
    await expect.poll(() => [got.length, answers.length]).toEqual([100, 100]);
    expect(got).toEqual(answers);
    expect(got[99]).toEqual({ n: 99 });
  });

  it.each([
    ['a binary frame', Buffer.from('{"type":"call"}')],
    ['text that is not JSON', '{"type":'],
    ['nothing', ''],
  ])('answers %s with an error and goes on', async (_, data) => {
    const { port, far, answers } = await connectPair();
    const got: unknown[] = [];
    port.onFrame((frame) => got.push(frame));
    far.send(data);
    far.send('{"fine":true}');
    await expect.poll(() => got).toEqual([{ fine: true }]);
    expect(answers).toEqual([
      {
        type: 'error',
        id: null,
        error: { code: 'bad_input', message: expect.stringContaining('JSON text') },
      },
    ]);
  });

  it('ends a connection that sends more than a frame may hold', async () => {
    const { port, far } = await connectPair();
    const closed = new Promise<void>((resolve) => port.onClose(resolve));
    far.send('x'.repeat(2 << 20));
    await closed;
  });

  it('throws when a frame cannot be written, so that its caller can be told, and goes on', async () => {
    const { port, answers } = await connectPair();
    expect(() => port.post({ type: 'end', id: 7, data: 1n })).toThrow('BigInt');
    port.post({ type: 'end', id: 8, data: 1 });
    await expect.poll(() => answers).toMatchObject([{ type: 'end', id: 8, data: 1 }]);
  });

  it('makes writers wait while the peer does not read, and loses nothing', async () => {
    const { port, served, far, answers } = await connectPair();
    netSocketOf(far).pause();
    const text = 'x'.repeat(100_000);
    let sent = 0;
    const writing = (async () => {
      for (; sent < 400; sent++) await port.post({ n: sent, text });
    })();
    await settled();
    const before = sent;
    await settled();
    expect(sent, 'the writer stands still').toBe(before);
    expect(sent).toBeLessThan(400);
    expect(served.bufferedAmount).toBeLessThan(2 << 20);
    netSocketOf(far).resume();
    await writing;
    await expect.poll(() => answers.length).toBe(400);
    expect(answers.map((answer) => (answer as { n: number }).n)).toEqual([...Array(400).keys()]);
  });

  it('stops reading from a peer that only asks and never reads', async () => {
    const { port, served, far } = await connectPair();
    netSocketOf(far).pause();
    const text = 'x'.repeat(100_000);
    let calls = 0;
    port.onFrame(() => {
      calls++;
      port.post({ text });
    });
    for (let n = 0; n < 2000; n++) far.send(`{"n":${n},"text":"${'y'.repeat(1000)}"}`);
    await settled();
    const before = calls;
    await settled();
    expect(calls).toBe(before);
    expect(calls).toBeLessThan(2000);
    expect(served.bufferedAmount).toBeLessThan(16 << 20);
    netSocketOf(far).resume();
    await expect.poll(() => calls, { timeout: 10_000 }).toBe(2000);
  });

  it('lets waiting writers go when the connection is lost', async () => {
    const { port, far } = await connectPair();
    netSocketOf(far).pause();
    const writing = (async () => {
      for (let n = 0; n < 400; n++) await port.post({ text: 'x'.repeat(100_000) });
    })();
    await settled();
    far.terminate();
    await writing;
    await new Promise<void>((resolve) => port.onClose(resolve));
  });

  describe('whose peer says nothing', () => {
    /** Lets 15 s go by for the port. */
    const oneBeat = () => vi.advanceTimersByTime(15_000);
    const withFakeClock = () => {
      vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
      onTestFinished(() => void vi.useRealTimers());
      return connectPair();
    };

    it('keeps it over a night in which the computer slept', async () => {
      const { served } = await withFakeClock();
      const now = performance.now();
      vi.spyOn(performance, 'now').mockImplementation(() => now + 8 * 3600_000);
      onTestFinished(() => void vi.restoreAllMocks());
      oneBeat();
      expect(served.readyState).toBe(served.OPEN);
    });

    it('ends the connection when four pings have no answer', async () => {
      const { served, far } = await withFakeClock();
      netSocketOf(far).pause();
      for (let beat = 0; beat < 4; beat++) oneBeat();
      expect(served.readyState).toBe(served.OPEN);
      oneBeat();
      expect(served.readyState).not.toBe(served.OPEN);
    });

    it('keeps a peer that does answer', async () => {
      const { served } = await withFakeClock();
      for (let beat = 0; beat < 6; beat++) {
        const pong = new Promise((resolve) => served.once('pong', resolve));
        oneBeat();
        await pong;
      }
      expect(served.readyState).toBe(served.OPEN);
    });
  });
});
