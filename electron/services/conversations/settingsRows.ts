import { type ChatSettings, type ChatSettingsPatch, chatSettings } from '../../contract/chatSettings.ts';
import { InklingError } from '../../contract/errors.ts';
import type { Db } from '../storage/db.ts';
import { readText } from './messageRows.ts';

/** What a chat that follows everything does in its own way: nothing. */
export const noChatSettings: ChatSettings = chatSettings.parse({});

/** The own settings of a conversation. What cannot be read is told, and the conversation then follows Settings. */
export function readChatSettings(db: Db, id: string): { settings: ChatSettings; unreadable: boolean } {
  const row = db.get<{ settings: unknown }>(
    'SELECT settings FROM conversations WHERE id = ? AND removed_at IS NULL',
    id,
  );
  if (!row) throw new InklingError('not_found', 'This chat is not there any more.');
  if (row.settings === null) return { settings: noChatSettings, unreadable: false };
  const settings = parse(readText(row.settings));
  return { settings: settings ?? noChatSettings, unreadable: settings === null };
}

/** Changes some of them; a conversation that has none left follows again. */
export function writeChatSettings(db: Db, id: string, patch: ChatSettingsPatch): void {
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const next = { ...readChatSettings(db, id).settings, ...given };
  const json = JSON.stringify(next);
  db.run(
    'UPDATE conversations SET settings = ? WHERE id = ?',
    json === JSON.stringify(noChatSettings) ? null : json.toWellFormed(),
    id,
  );
}

function parse(json: string): ChatSettings | null {
  try {
    return chatSettings.parse(JSON.parse(json));
  } catch {
    return null;
  }
}
