import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openParentPort } from '../../electron/engine/parentPort.ts';
import { writeRandomModel } from '../../models/randomModel.ts';
import { load, startEngine } from './startEngine.ts';

describe('the port to the parent', () => {
  const clean: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const step of clean.splice(0)) await step();
  });

  it('ends the engine at once when the parent is gone, in the middle of an answer', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'inkling-port-'));
    clean.push(() => rm(folder, { recursive: true, force: true }));
    const engine = startEngine();
    clean.push(engine.stop);
    const path = join(folder, 'model.gguf');
    await writeRandomModel(path, { endless: true });
    await load(engine.api, path);
    let seen = 0;
    for await (const event of engine.api.generate({
      messages: [{ role: 'user', text: 'Go' }],
      sampling: {},
    })) {
      if (event.type === 'text') seen++;
      if (seen === 2) break;
    }
    engine.process.disconnect();
    expect(await engine.ended).toMatchObject({ signal: 'SIGKILL' });
  });

  it("speaks over Electron's utility process channel where there is one", async () => {
    const sent: unknown[] = [];
    const listeners = new Map<string, (event: { data: unknown }) => void>();
    const parentPort = {
      on: (event: string, listener: (event: { data: unknown }) => void) =>
        void listeners.set(event, listener),
      postMessage: (message: unknown) => void sent.push(message),
    };
    Object.defineProperty(process, 'parentPort', { value: parentPort, configurable: true });
    clean.push(async () => void Reflect.deleteProperty(process, 'parentPort'));
    const port = openParentPort();
    const received: unknown[] = [];
    let closed = false;
    listeners.get('message')?.({ data: { early: true } });
    port.onFrame((frame) => received.push(frame));
    port.onClose(() => {
      closed = true;
    });
    port.post({ a: 1 });
    listeners.get('close')?.({ data: null });
    expect({ sent, received, closed }).toEqual({
      sent: [{ a: 1 }],
      received: [{ early: true }],
      closed: true,
    });
  });
});
