import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExportEvent, ExportWish, ImportReport } from '../../../electron/contract/archive.ts';
import { settingsSchema } from '../../../electron/contract/settings.ts';
import { createArchive } from '../../../electron/services/archive/createArchive.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';
import { tempFolder } from '../storage/tempFolder.ts';

/** Chats with an archive over them, and a folder for files. */
export function openArchive() {
  const chats = openChats();
  const folder = tempFolder();
  const archive = createArchive({
    conversations: chats.conversations,
    settings: () => settingsSchema.parse({}),
    version: '1.2.3',
  });
  return {
    chats,
    folder,
    archive,
    /** Writes files into the folder; returns the path of the first. */
    write(files: Readonly<Record<string, string | Uint8Array>>): string {
      const paths = Object.entries(files).map(([name, content]) => {
        const path = join(folder, name);
        mkdirSync(dirname(path), { recursive: true });
        writeFileSync(path, content);
        return path;
      });
      return paths[0] ?? folder;
    },
    async export(wish: ExportWish, name: string, replace = false) {
      const path = join(folder, name);
      let last: ExportEvent | undefined;
      for await (const event of archive.export({ wish, path, replace }, uncancelled)) last = event;
      if (last?.type !== 'finished') throw new Error('the export did not finish');
      return last;
    },
    async import(path: string): Promise<ImportReport> {
      for await (const event of archive.importFrom({ path }, uncancelled))
        if (event.type === 'finished') return event.report;
      throw new Error('the import did not finish');
    },
    /** What was taken over, as one tree of texts for each chat. */
    async shown(title: string) {
      const { conversations } = await chats.list();
      const chat = conversations.find((each) => each.title === title);
      if (!chat) throw new Error(`no chat called ${title}`);
      return { chat, messages: (await chats.messages(chat.id, 2000)).messages };
    },
  };
}
