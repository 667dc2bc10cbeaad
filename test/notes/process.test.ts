import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { notesProcessContract } from '../../electron/notes/contract.ts';
import { startChild } from '../engine/startEngine.ts';
import { dumpIndex } from './dumpIndex.ts';
import { follow, makeFolder, type NotesFolder, openNotes } from './notesFolder.ts';

let folder: NotesFolder;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => folder.remove());

const start = () => {
  const child = startChild('electron/notes/main.ts', notesProcessContract);
  const api = child.api.notes;
  return { child, api, opened: follow(api, folder) };
};
const note = { folderId: 'one', path: 'a.md' };

describe('the process that reads notes', () => {
  it('killed in the middle of many saves leaves one of the two whole versions each time', async () => {
    const texts = ['A', 'B'].map((letter) => `${letter.repeat(79)}\n`.repeat(4_000));
    folder.write('a.md', texts[0] as string);
    let saves = 0;
    for (let round = 0; round < 4; round++) {
      const { child, api, opened } = start();
      await opened.until(() => true, 'a first state');
      let { version } = await api.read({ note });
      const saving = (async () => {
        for (let turn = 0; ; turn++) {
          const text = texts[turn % 2] as string;
          const saved = await api.save({ note, text, base: version.hash });
          if (saved.type === 'conflict') throw new Error('nobody else writes');
          ({ version } = saved);
          saves++;
        }
      })().catch((error: { code?: string }) => error.code);
      await new Promise((resolve) => setTimeout(resolve, 100 + round * 61));
      await child.stop();
      expect(await saving).toBe('connection_lost');
      const now = readFileSync(join(folder.notes, 'a.md'), 'utf8');
      expect(texts.includes(now), `${saves} saves, ${now.length} characters`).toBe(true);
    }
    expect(saves).toBeGreaterThan(0);
  }, 60_000);

  it('killed while it indexes goes on where it was, and ends with the same index as one that never was', async () => {
    for (let n = 0; n < 5000; n++)
      folder.write(`d${n % 20}/n${n}.md`, `# Note ${n}\n\nabout word${n} [[n${n + 1}]] #t${n % 7}\n`);
    let seen = 0;
    let kills = 0;
    for (let ready = false; kills < 3 && !ready; ) {
      const { child, opened } = start();
      const state = await opened.until(
        // A fast machine may be done before the third time.
        ({ index }) => index.passages > seen && (index.phase === 'indexing' || index.phase === 'ready'),
        'more',
      );
      ready = state.index.phase === 'ready';
      if (!ready) kills++;
      seen = state.index.passages;
      await child.stop();
      await opened.stop();
    }
    const { child, opened } = start();
    expect(kills).toBeGreaterThan(0);
    const first = await opened.until(({ index }) => index.passages > 0, 'what was read before');
    expect(first.index.passages).toBeGreaterThanOrEqual(seen);
    await opened.settled();
    await child.stop();
    await opened.stop();
    const fresh = { notes: folder.notes, data: `${folder.data}-fresh` };
    await (await openNotes(fresh)).close();
    // Opening folds the log of the killed one into its file.
    await (await openNotes(folder)).close();
    expect(dumpIndex(folder.data)).toEqual(dumpIndex(fresh.data));
  }, 120_000);

  it('ends with its parent, and its index is free at once', async () => {
    folder.write('a.md', 'walrus');
    const { child, opened } = start();
    await opened.settled();
    child.process.disconnect();
    await child.ended;
    const next = await openNotes(folder);
    expect((await next.api.search({ query: 'walrus' })).hits).toHaveLength(1);
    await next.close();
  });

  it('answers nothing before a folder is open, and only of folders that are', async () => {
    const { child, api, opened } = start();
    await opened.until(() => true, 'a first state');
    await expect(api.read({ note: { folderId: 'two', path: 'a.md' } })).rejects.toMatchObject({
      code: 'not_found',
    });
    for (const path of ['../a.md', '/etc/a.md', 'a/../../b.md', 'C:\\a.md', 'a.txt'])
      await expect(api.read({ note: { folderId: 'one', path } }), path).rejects.toMatchObject({
        code: 'bad_input',
      });
    await child.stop();
  });
});
