import { readdirSync, statSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fill, mayMount, smallDisk } from '../smallDisk.ts';
import { ask } from './startEngine.ts';
import { long, sampling, stateDesk } from './stateDesk.ts';

const page = 4096;

describe.skipIf(!mayMount)('keeping a state on a full disk (needs the right to mount one)', () => {
  const desk = stateDesk();

  it('answers, leaves no part of a file, and keeps again once there is room', async () => {
    const disk = smallDisk(3)!;
    const folder = join(disk, 'states');
    const say = async (chat: string) => {
      const keep = { chat, folder, budget: 1e9, spare: 0 };
      const { text } = await ask(desk.api(), long.repeat(9), { sampling, keep });
      await desk.api().settle(null);
      return text;
    };
    await desk.load();
    const answer = await say('a');
    const [first = ''] = readdirSync(folder);
    const { size } = statSync(join(folder, first));

    // Room for the state as it is foretold, but not for its tokens and the seal.
    const giveBack = fill(disk);
    const ballast = join(disk, 'ballast');
    truncateSync(ballast, statSync(ballast).size - Math.floor((size - 1) / page) * page);
    expect(await say('b')).toBe(answer);
    expect(desk.stderr()).toMatch(/was not kept: (it was not written whole|ENOSPC|Failed to save)/);
    expect(readdirSync(folder)).toEqual([first]);

    giveBack();
    await say('c');
    expect(readdirSync(folder).map((name) => name[0])).toEqual(['a', 'c']);
  });
});
