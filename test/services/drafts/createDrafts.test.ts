import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InklingError } from '../../../electron/contract/errors.ts';
import { createDrafts } from '../../../electron/services/drafts/createDrafts.ts';
import { tempFolder } from '../storage/tempFolder.ts';

const uncancelled = { signal: new AbortController().signal };

function openDrafts(dataDir = tempFolder()) {
  const { api, forget } = createDrafts({
    dataDir,
    expectChat(id) {
      if (id === 'gone') throw new InklingError('not_found', 'gone');
    },
  });
  return {
    dataDir,
    forget,
    file: join(dataDir, 'drafts.json'),
    get: async (chat: string | null) => (await api.get({ chat }, uncancelled)).text,
    set: async (chat: string | null, text: string) => api.set({ chat, text }, uncancelled),
  };
}

describe('drafts', () => {
  it('are kept over a restart, each with its chat, for nobody else to read', async () => {
    const drafts = openDrafts();
    expect(await drafts.get('a')).toBe('');
    await drafts.set('a', 'half a thought\n\uD83D');
    await drafts.set(null, 'of a new chat');
    const again = openDrafts(drafts.dataDir);
    expect(await again.get('a')).toBe('half a thought\n\uFFFD');
    expect(await again.get(null)).toBe('of a new chat');
    expect(await again.get('b')).toBe('');
    expect(statSync(drafts.file).mode & 0o77).toBe(0);
  });

  it('leave no trace once they are sent, or their chat is erased', async () => {
    const drafts = openDrafts();
    await drafts.set('a', 'secret one');
    await drafts.set('b', 'secret two');
    await drafts.set('a', '');
    drafts.forget(['b', 'c']);
    expect(readFileSync(drafts.file, 'utf8')).not.toContain('secret');
    expect(await openDrafts(drafts.dataDir).get('b')).toBe('');
  });

  it('of a chat that is not there are refused', async () => {
    const drafts = openDrafts();
    await expect(drafts.set('gone', 'x')).rejects.toMatchObject({ code: 'not_found' });
    expect(await drafts.get('gone')).toBe('');
  });

  it('begin anew where the file is damaged, which is put aside', async () => {
    const drafts = openDrafts();
    writeFileSync(drafts.file, '{"a": 3');
    expect(await openDrafts(drafts.dataDir).get('a')).toBe('');
  });
});
