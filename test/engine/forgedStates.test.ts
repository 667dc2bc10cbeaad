import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  rmSync,
  truncateSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStateFile, readSeal, readTokens, sealState } from '../../electron/engine/states/stateFile.ts';
import { long, other, stateDesk } from './stateDesk.ts';

const never = new AbortController().signal;
/** After magic, version, number of tokens and the tokens: how many streams and cells there are, and the first cell. */
const firstPosition = 8;

/** Changes what llama.cpp wrote and seals it again, as nobody but somebody with bad intent would. */
async function forge(path: string, change: (state: Buffer, afterTokens: number) => void): Promise<void> {
  const before = await openStateFile(path);
  const seal = await readSeal(before);
  const tokens = await readTokens(before, seal);
  await before.close();
  const state = Buffer.from(readFileSync(path).subarray(0, seal.size));
  change(state, 12 + tokens.length * 4);
  writeFileSync(path, state);
  const handle = await openStateFile(path, true);
  await sealState(handle, { key: seal.key, tokens, size: state.length }, never);
  await handle.close();
}

describe('a kept state that somebody made up', () => {
  const desk = stateDesk();

  it('with a position that cannot be: it is found out before anything is computed from it', async () => {
    const { path, cold } = await desk.keepOne();
    await forge(path, (state, at) => void state.writeInt32LE(2 ** 31 - 1, at + firstPosition));
    await desk.load();
    const again = await desk.say('a', long);
    expect(again).toMatchObject({ answer: cold.answer, cachedTokens: 0 });
    expect(desk.stderr()).toContain('A kept state was not used: Eval has failed');
    // The context is as good as new.
    const next = await desk.say('b', other);
    await desk.api().unload(null);
    desk.forgetFolder();
    await desk.load();
    expect((await desk.say('b', other)).answer).toBe(next.answer);
  });

  it('of another version of llama.cpp: it is not read', async () => {
    const { path, cold } = await desk.keepOne();
    await forge(path, (state) => void state.writeUInt32LE(99, 4));
    await desk.load();
    expect(await desk.say('a', long)).toMatchObject({ answer: cold.answer, cachedTokens: 0 });
  });

  it('with a seal that claims gigabytes of tokens: it takes no memory', async () => {
    const { path, cold } = await desk.keepOne();
    const seal = readFileSync(path).subarray(-152);
    seal.writeUInt32LE(2 ** 32 - 1, 12);
    seal.writeBigUInt64LE(2n ** 40n, 16);
    // Its own sum is right, too.
    createHash('sha256').update(seal.subarray(0, 120)).digest().copy(seal, 120);
    truncateSync(path, 2 ** 40);
    appendFileSync(path, seal);
    await desk.load();
    expect(await desk.say('a', long)).toMatchObject({ answer: cold.answer, cachedTokens: 0 });
    expect(desk.stderr()).toContain('its tokens do not fit');
  });

  it('under the name of another chat: only what both chats begin with is taken from it', async () => {
    const { path } = await desk.keepOne();
    await desk.load();
    const own = await desk.say('b', other);
    await desk.api().settle(null);
    const theirs = desk.stateOf('b') ?? '';
    await desk.api().unload(null);
    copyFileSync(path, theirs);
    rmSync(path);
    await desk.load();
    const again = await desk.say('b', other);
    expect(again.answer).toBe(own.answer);
    expect(again.cachedTokens).toBeLessThan(32);
  });
});

describe('a state whose engine was killed', () => {
  const desk = stateDesk();
  /** Kills the engine as soon as a file of this kind appears beside the state. */
  const killAt = async (kind: string, path: string, task: () => Promise<unknown>) => {
    const seen = new Promise<void>((resolve) => {
      const watcher = watch(dirname(path), (_, name) => {
        if (!name?.includes(kind)) return;
        watcher.close();
        resolve();
      });
    });
    const running = task().catch(() => null);
    await seen;
    await desk.restart();
    await running;
  };

  it('while it was written: the one of before is there, whole, and a part is not taken for one', async () => {
    const { path } = await desk.keepOne();
    const before = readFileSync(path);
    await desk.load();
    await desk.say('a', `${long} ${other}`);
    await killAt('.writing-', path, () => desk.api().settle(null));
    const after = readFileSync(path);
    await desk.load();
    const { cachedTokens } = await desk.say('a', `${long} ${other}`);
    // Should the kill have come too late, the new one is there, as whole as the old one.
    expect(cachedTokens).toBeGreaterThan(after.equals(before) ? 100 : 200);
    expect(desk.stderr()).not.toContain('[state]');
  });

  it('while it was read, by the file it may be: the next engine does not find it', async () => {
    const { path, cold } = await desk.keepOne();
    await desk.load();
    await killAt('.reading-', path, () => desk.say('a', long));
    const cameInTime = desk.stateOf('a') === undefined;
    await desk.load();
    const again = await desk.say('a', long);
    expect(again.answer).toBe(cold.answer);
    if (cameInTime) expect(again.cachedTokens).toBe(0);
    expect(desk.stderr()).not.toContain('[state]');
  });
});
