import { join } from 'node:path';
import { z } from 'zod';
import type { AppService } from '../../contract/index.ts';
import { readJsonFile, writeJsonFile } from '../library/jsonFile.ts';

/** What was typed and not sent, in a file of its own: no backup of the chats holds it. */
export interface Drafts {
  readonly api: AppService['drafts'];
  /** Leaves no trace of what was typed in these chats. */
  forget(chats: readonly string[]): void;
}

const stored = z.record(z.string(), z.string());
/** The chat that is not started yet. */
const noChat = '';

/** Opens the drafts of a data folder. `expectChat` throws for a chat that is not there. */
export function createDrafts(options: { dataDir: string; expectChat: (id: string) => void }): Drafts {
  const path = join(options.dataDir, 'drafts.json');
  let drafts = new Map(Object.entries(readJsonFile(path, stored.parse) ?? {}));

  const replace = (next: Map<string, string>) => {
    writeJsonFile(path, Object.fromEntries(next));
    drafts = next;
  };
  return {
    forget(chats) {
      if (!chats.some((chat) => drafts.has(chat))) return;
      replace(new Map([...drafts].filter(([chat]) => !chats.includes(chat))));
    },
    api: {
      get: ({ chat }) => ({ text: drafts.get(chat ?? noChat) ?? '' }),
      set({ chat, text }) {
        const key = chat ?? noChat;
        if ((drafts.get(key) ?? '') === text) return null;
        if (chat !== null) options.expectChat(chat);
        const next = new Map(drafts);
        next.delete(key);
        if (text !== '') next.set(key, text.toWellFormed());
        replace(next);
        return null;
      },
    },
  };
}
