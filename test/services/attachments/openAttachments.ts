import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Attachment } from '../../../electron/contract/attachments.ts';
import { createChildProcesses } from '../../../electron/hosts/browser/childProcess.ts';
import { createAttachments } from '../../../electron/services/attachments/createAttachments.ts';
import { openChats, uncancelled } from '../conversations/openChats.ts';

const entry = join(import.meta.dirname, '../../../electron/reader/main.ts');

/** Opens chats with attachments, as the app does: files are read by the real process. */
export function openAttachments(options: { dataDir?: string; now?: () => number; smallBytes?: number } = {}) {
  const chats = openChats(options);
  const children = createChildProcesses({ execArgv: () => ['--max-old-space-size=768'], log: () => {} });
  const attachments = createAttachments({
    storage: chats.storage,
    spawn: children.spawn,
    entry,
    ...(options.now && { now: options.now }),
  });
  const { api } = attachments;
  const close = async () => {
    attachments.close();
    await children.killAll();
    await chats.close();
  };
  onTestFinished(close);

  type From = { type: 'path'; path: string } | { type: 'upload'; uploadId: string };
  const add = async (
    conversationId: string | null,
    from: From,
    signal?: AbortSignal,
  ): Promise<Attachment> => {
    for await (const event of api.add({ conversationId, from }, { signal: signal ?? uncancelled.signal }))
      if (event.type === 'added') return event.attachment;
    throw new Error('nothing was added');
  };
  return {
    chats,
    attachments,
    api,
    children,
    close,
    /** Sends a file in pieces and adds it. */
    async upload(
      name: string,
      bytes: Buffer | string,
      conversationId: string | null = null,
      piece = 300_000,
    ) {
      const data = Buffer.from(bytes as string);
      const { uploadId } = await api.begin({ name, size: data.length }, uncancelled);
      for (let at = 0; at < data.length; at += piece)
        await api.push({ uploadId, at, data: data.subarray(at, at + piece).toString('base64') }, uncancelled);
      return add(conversationId, { type: 'upload', uploadId });
    },
    addPath: (path: string, conversationId: string | null = null, signal?: AbortSignal) =>
      add(conversationId, { type: 'path', path }, signal),
    waiting: async (conversationId: string | null) =>
      (await api.list({ conversationId }, uncancelled)).attachments,
    text: async (id: string) => api.read({ id }, uncancelled),
  };
}
