import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeRandomModel } from '../../models/randomModel.ts';
import { long, stateDesk } from './stateDesk.ts';

describe('a kept state that is not what it should be', () => {
  const desk = stateDesk();
  let before = 0;
  beforeEach(() => {
    before = desk.stderr().length;
  });
  const answerWith = async (spoil: (path: string) => void | Promise<void>) => {
    const { path, cold } = await desk.keepOne();
    await spoil(path);
    await desk.load();
    const again = await desk.say('a', long);
    expect(again.answer).toBe(cold.answer);
    expect(again.cachedTokens).toBe(0);
    await desk.api().settle(null);
    return path;
  };
  const flip = (path: string, at: (size: number) => number) => {
    const bytes = readFileSync(path);
    const index = at(bytes.length);
    bytes[index] = (bytes[index] ?? 0) ^ 1;
    writeFileSync(path, bytes);
  };
  const told = (words: string) => expect(desk.stderr().slice(before)).toContain(words);
  const size = (path: string) => statSync(path).size;

  it.each([
    ['is empty', (path: string) => writeFileSync(path, ''), 'it is too short'],
    ['was cut off', (path: string) => truncateSync(path, size(path) - 100), 'it has no seal'],
    ['is only a seal', (path: string) => writeFileSync(path, readFileSync(path).subarray(-152)), 'too short'],
    [
      'lost a piece in the middle',
      (path: string) => {
        const bytes = readFileSync(path);
        writeFileSync(path, Buffer.concat([bytes.subarray(0, 5000), bytes.subarray(6000)]));
      },
      'its length is not as sealed',
    ],
    ['has a wrong bit in the state', (path: string) => flip(path, (all) => all / 2), 'it is damaged'],
    ['has a wrong bit in the head', (path: string) => flip(path, () => 5), 'it is damaged'],
    ['has a wrong bit in the tokens', (path: string) => flip(path, () => 40), 'its tokens are damaged'],
    ['has a wrong bit in the seal', (path: string) => flip(path, (all) => all - 140), 'its seal is damaged'],
    ['is of another format', (path: string) => flip(path, (all) => all - 144), 'it is of another format'],
    ['is huge', (path: string) => truncateSync(path, 2 ** 40), 'it has no seal'],
  ])('%s: it is told, removed, and the prompt is read', async (_, spoil, reason) => {
    await answerWith(spoil);
    told(reason);
  });

  it.each([
    [
      'a folder',
      (path: string) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
    [
      'a link',
      (path: string) => {
        copyFileSync(path, `${path}.elsewhere`);
        rmSync(path);
        symlinkSync(`${path}.elsewhere`, path);
      },
    ],
    [
      'gone with its whole folder',
      (path: string) => {
        rmSync(path);
      },
    ],
  ])('is %s: the prompt is read', async (_, spoil) => {
    await answerWith(spoil);
  });

  it('was sealed for another model, and got this name', async () => {
    const foreign = desk.model('foreign.gguf');
    await writeRandomModel(foreign, { seed: 2 });
    await desk.load(foreign);
    await desk.say('a', long);
    await desk.api().settle(null);
    const theirs = readFileSync(desk.stateOf('a') ?? '');
    rmSync(desk.stateOf('a') ?? '');
    await answerWith((path) => writeFileSync(path, theirs));
    told('it belongs to something else');
  });
});

describe.skipIf(process.platform === 'win32')('a kept state that may not be read', () => {
  const desk = stateDesk(true);

  it('is left where it is and told, and the prompt is read and kept anew', async () => {
    const { path, cold } = await desk.keepOne();
    chmodSync(path, 0);
    await desk.load();
    const again = await desk.say('a', long);
    expect(again.answer).toBe(cold.answer);
    expect(again.cachedTokens).toBe(0);
    expect(desk.stderr()).toContain('permission denied');
    expect(statSync(path).mode & 0o777).toBe(0);
    await desk.api().settle(null);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await desk.load();
    expect((await desk.say('a', long)).cachedTokens).toBeGreaterThan(100);
  });

  it('as little as its whole folder: the prompt is read, and nothing is kept', async () => {
    const { path, cold } = await desk.keepOne();
    const folder = dirname(path);
    chmodSync(folder, 0);
    try {
      await desk.load();
      const again = await desk.say('a', long);
      expect(again.answer).toBe(cold.answer);
      expect(again.cachedTokens).toBe(0);
      await desk.api().settle(null);
    } finally {
      chmodSync(folder, 0o700);
    }
    expect(desk.files()).toHaveLength(1);
  });
});
