import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openChats, uncancelled } from '../conversations/openChats.ts';

const program = join(import.meta.dirname, 'restoreUntilKilled.ts');

async function folderWithBackup() {
  const chats = openChats();
  const { id } = await chats.create('in the backup');
  chats.turn(id, 'question', 'answer');
  const backup = await chats.storage.api.backup(undefined, uncancelled);
  await chats.create('written since');
  await chats.close();
  return { dataDir: chats.dataDir, backup: backup.id };
}

describe('a restore that is killed after a rename', () => {
  it.each([1, 2, 3, 4])(
    'leaves the old chats or the restored ones in place, and the others as a backup (%i)',
    async (renames) => {
      const { dataDir, backup } = await folderWithBackup();
      const { signal } = spawnSync(process.execPath, [program, dataDir, backup, String(renames)]);
      const again = openChats({ dataDir });
      const titles = (await again.list()).conversations.map((chat) => chat.title);
      expect(titles).toContain('in the backup');
      if (!titles.includes('written since')) {
        const { backups } = await again.storage.api.backups(undefined, uncancelled);
        expect(backups.map(({ reason, conversations }) => ({ reason, conversations }))).toContainEqual({
          reason: 'restore',
          conversations: 2,
        });
      }
      expect(again.storage.status.value.state).toBe('ok');
      expect(readdirSync(dataDir).filter((name) => /replaced|next|restoring/.test(name))).toEqual([]);
      expect(signal === 'SIGKILL' || renames > 3).toBe(true);
    },
  );

  it('puts a log back that alone had been moved', async () => {
    const { dataDir } = await folderWithBackup();
    const path = join(dataDir, 'inkling.sqlite');
    const aside = `${path}.damaged-2026-01-01`;
    writeFileSync(`${aside}-wal`, 'its log');
    const { finishReplacing } = await import('../../../electron/services/storage/replaceDatabase.ts');
    finishReplacing(path);
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('its log');
    expect(existsSync(`${aside}-wal`)).toBe(false);
  });
});

describe('what was put aside', () => {
  it('is listed with its size and deleted when asked, and nothing else is', async () => {
    const { dataDir } = await folderWithBackup();
    const path = join(dataDir, 'inkling.sqlite');
    renameSync(path, `${path}.damaged-2026-01-01`);
    writeFileSync(`${path}.damaged-2026-01-01-wal`, 'log');
    const { storage } = openChats({ dataDir });
    const { files } = await storage.api.setAside(undefined, uncancelled);
    expect(files).toMatchObject([{ name: 'inkling.sqlite.damaged-2026-01-01' }]);
    expect(files[0]?.size).toBeGreaterThan(1000);
    for (const name of ['inkling.sqlite', '../x', 'inkling.sqlite.damaged-2026-01-01-wal'])
      await expect(storage.api.deleteSetAside({ name }, uncancelled)).rejects.toMatchObject({
        code: 'not_found',
      });
    await storage.api.deleteSetAside({ name: files[0]?.name ?? '' }, uncancelled);
    expect((await storage.api.setAside(undefined, uncancelled)).files).toEqual([]);
    expect(readdirSync(dataDir).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});
