import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { collect, openClient } from '../client.ts';
import type { RunningHost } from '../hosts/browser/startHost.ts';

const databaseOf = (dataDir: string) => join(dataDir, 'inkling.sqlite');

/** Starts a chat with these questions through the app's own api; returns its id. */
export async function seedChat(
  app: RunningHost,
  title: string,
  questions: readonly string[],
): Promise<string> {
  const client = await openClient(app);
  const { id: conversationId } = await client.conversations.create({ title });
  for (const text of questions) await collect(client.chat.send({ conversationId, text }));
  client.close();
  return conversationId;
}

/** Makes a verified backup of what is there now. */
export async function backUp(app: RunningHost): Promise<void> {
  const client = await openClient(app);
  await client.storage.backup(null);
  client.close();
}

/** Overwrites the beginning of the database, as a failing disk would; returns the damaged bytes. The app is down. */
export function ruinDatabase(dataDir: string): Buffer {
  const path = databaseOf(dataDir);
  const bytes = readFileSync(path);
  bytes.fill(0xa5, 0, 8192);
  writeFileSync(path, bytes);
  for (const log of ['-wal', '-shm']) rmSync(`${path}${log}`, { force: true });
  return bytes;
}

/** Changes letters inside one stored text wherever the database holds it. The app is down. */
export function damageText(dataDir: string, words: string, wrong: string): void {
  const path = databaseOf(dataDir);
  const bytes = readFileSync(path);
  let found = 0;
  for (let at = bytes.indexOf(words); at >= 0; at = bytes.indexOf(words, at + 1)) {
    bytes.write(wrong, at);
    found++;
  }
  if (found === 0) throw new Error(`the database does not hold "${words}"`);
  writeFileSync(path, bytes);
}
