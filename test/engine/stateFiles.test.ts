import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  checkState,
  openStateFile,
  readSeal,
  readTokens,
  sealState,
  tokenBytes,
} from '../../electron/engine/states/stateFile.ts';
import { listStates, makeRoom, removeStates, stateName } from '../../electron/engine/states/stateFolder.ts';

const never = new AbortController().signal;
const key = Buffer.alloc(32, 7);
const tokens = Uint32Array.of(5, 70_000, 4_000_000_000);
/** What llama.cpp would write: magic, version and number of tokens, the tokens, and the state. */
const written = Buffer.concat([
  Buffer.alloc(8),
  tokenBytes(Uint32Array.of(3)),
  tokenBytes(tokens),
  Buffer.alloc(3_000_000, 9),
]);

describe('the files of kept states', () => {
  let folder = '';
  const at = (name: string) => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'inkling-states-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const using = async <T>(
    path: string,
    task: (handle: Awaited<ReturnType<typeof openStateFile>>) => Promise<T>,
  ) => {
    const handle = await openStateFile(path, true);
    try {
      return await task(handle);
    } finally {
      await handle.close();
    }
  };

  it('are sealed once, and every byte of them is checked', async () => {
    writeFileSync(at('x'), written);
    await using(at('x'), (handle) => sealState(handle, { key, tokens, size: written.length }, never));
    await using(at('x'), async (handle) => {
      const seal = await readSeal(handle);
      expect(seal.key).toEqual(key);
      expect(await readTokens(handle, seal)).toEqual(tokens);
      await checkState(handle, seal, never);
      await handle.write(Buffer.from([1]), 0, 1, 2_000_000);
      await expect(checkState(handle, seal, never)).rejects.toThrow('it is damaged');
      await expect(checkState(handle, seal, AbortSignal.abort())).rejects.toThrow('aborted');
    });
  });

  it('are not sealed if a full disk took only a part, or if they hold other tokens', async () => {
    writeFileSync(at('x'), written.subarray(0, 2_000_000));
    const seal = (size: number, list = tokens) =>
      using(at('x'), (handle) => sealState(handle, { key, tokens: list, size }, never));
    await expect(seal(written.length)).rejects.toThrow('it was not written whole');
    await expect(seal(2_000_000, Uint32Array.of(5, 6, 7))).rejects.toThrow('it holds other tokens');
    expect(statSync(at('x')).size).toBe(2_000_000);
  });

  it('make room by the time of their last use, whoever they belong to, and leave strange files alone', () => {
    const names = ['a', 'b', 'c', 'd'].map((chat) => stateName(chat, key));
    for (const [age, name] of names.entries()) {
      writeFileSync(at(name), Buffer.alloc(100));
      utimesSync(at(name), 1000 - age, 1000 - age);
    }
    for (const strange of ['notes.txt', 'x.state', `${names[0]}.tmp`]) writeFileSync(at(strange), 'mine');
    expect(listStates(folder).map(({ chat }) => chat)).toEqual(['d', 'c', 'b', 'a']);
    expect(makeRoom(folder, 350, 100, at(names[3] ?? ''))).toBe(200);
    expect(listStates(folder).map(({ chat }) => chat)).toEqual(['d', 'a']);
    removeStates(folder, () => true);
    expect(readdirSync(folder).sort()).toEqual([`${names[0]}.tmp`, 'notes.txt', 'x.state'].sort());
  });
});
