import { createStore } from 'zustand/vanilla';
import { type Attachment, uploadPiece } from '../../electron/contract/attachments.ts';
import { InklingError, toFailure } from '../../electron/contract/errors.ts';
import type { AppApi } from '../../electron/contract/index.ts';

/** A file in a composer: on its way, refused with a reason, or read. */
export type Waiting =
  | {
      readonly state: 'reading';
      readonly key: string;
      readonly name: string;
      readonly fraction: number | null;
    }
  | { readonly state: 'failed'; readonly key: string; readonly name: string; readonly problem: string }
  | { readonly state: 'ready'; readonly key: string; readonly name: string; readonly attachment: Attachment };

/** Where the bytes of a file come from: the window, or its place on this computer where the host tells that. */
export interface FileToAttach {
  readonly file: File;
  readonly path: string | null;
}

export interface AttachmentsStore {
  /** By chat; an empty id stands for the chat not started. */
  readonly waiting: Readonly<Record<string, readonly Waiting[]>>;
  /** Reads what waits in a composer since before, once. */
  open(chat: string): Promise<void>;
  /** Reads files, one after the other; each that cannot be read says why in its place. */
  add(chat: string, files: readonly FileToAttach[]): Promise<void>;
  /** Takes one away: stops reading it, forgets the reason, or hides it until `restore`. Answers until when that works. */
  remove(chat: string, key: string): Promise<number | null>;
  restore(chat: string, id: string): Promise<void>;
  /** What is read goes with a message; reasons that were told are forgotten. */
  take(chat: string): readonly Attachment[];
  putBack(chat: string, attachments: readonly Attachment[]): void;
}

/** Makes the files in the composers. */
export function createAttachmentsStore(api: AppApi) {
  const opened = new Set<string>();
  const running = new Map<string, AbortController>();
  let count = 0;
  let turn: Promise<void> = Promise.resolve();

  return createStore<AttachmentsStore>((setState, getState) => {
    const listOf = (chat: string) => getState().waiting[chat] ?? [];
    const put = (chat: string, list: readonly Waiting[]) =>
      setState({ waiting: { ...getState().waiting, [chat]: list } });
    const change = (chat: string, next: Waiting) =>
      put(
        chat,
        listOf(chat).map((each) => (each.key === next.key ? next : each)),
      );
    const drop = (chat: string, key: string) =>
      put(
        chat,
        listOf(chat).filter((each) => each.key !== key),
      );

    const read = async (chat: string, key: string, { file, path }: FileToAttach, signal: AbortSignal) => {
      const { name } = file;
      const show = (fraction: number | null) => change(chat, { state: 'reading', key, name, fraction });
      try {
        signal.throwIfAborted();
        const from = path
          ? ({ type: 'path', path } as const)
          : ({ type: 'upload', uploadId: await upload(api, file, signal, show) } as const);
        const conversationId = chat === '' ? null : chat;
        for await (const event of api.attachments.add({ conversationId, from }, { signal })) {
          if (event.type === 'reading') show(event.total === 0 ? null : event.done / event.total);
          else change(chat, { state: 'ready', key, name, attachment: event.attachment });
        }
      } catch (error) {
        if (signal.aborted) drop(chat, key);
        else change(chat, { state: 'failed', key, name, problem: problemOf(error) });
      } finally {
        running.delete(key);
      }
    };

    return {
      waiting: {},
      async open(chat) {
        if (opened.has(chat)) return;
        opened.add(chat);
        try {
          const conversationId = chat === '' ? null : chat;
          const { attachments } = await api.attachments.list({ conversationId });
          const known = new Set(
            listOf(chat).flatMap((each) => (each.state === 'ready' ? [each.attachment.id] : [])),
          );
          put(chat, [...attachments.filter(({ id }) => !known.has(id)).map(ready), ...listOf(chat)]);
        } catch {
          // With the next look at this chat they are asked for again.
          opened.delete(chat);
        }
      },
      async add(chat, files) {
        const begun = files.map((file) => {
          const key = `file-${++count}`;
          const stop = new AbortController();
          running.set(key, stop);
          return { key, file, signal: stop.signal };
        });
        put(chat, [
          ...listOf(chat),
          ...begun.map(({ key, file }) => ({
            state: 'reading' as const,
            key,
            name: file.file.name,
            fraction: null,
          })),
        ]);
        for (const { key, file, signal } of begun) turn = turn.then(() => read(chat, key, file, signal));
        await turn;
      },
      async remove(chat, key) {
        running.get(key)?.abort();
        const found = listOf(chat).find((each) => each.key === key);
        drop(chat, key);
        if (found?.state !== 'ready') return null;
        try {
          return (await api.attachments.remove({ id: found.attachment.id })).undoUntil;
        } catch (error) {
          put(chat, [...listOf(chat), found]);
          throw error;
        }
      },
      async restore(chat, id) {
        put(chat, [...listOf(chat), ready(await api.attachments.restore({ id }))]);
      },
      take(chat) {
        const taken = listOf(chat).flatMap((each) => (each.state === 'ready' ? [each.attachment] : []));
        put(chat, []);
        return taken;
      },
      putBack: (chat, attachments) => put(chat, [...attachments.map(ready), ...listOf(chat)]),
    };
  });
}

const ready = (attachment: Attachment): Waiting => ({
  state: 'ready',
  key: attachment.id,
  name: attachment.name,
  attachment,
});

/** Sends a file in pieces; answers under which name it can be read. */
async function upload(
  api: AppApi,
  file: File,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<string> {
  const { uploadId } = await api.attachments.begin({ name: file.name || 'File', size: file.size });
  for (let at = 0; at < file.size; at += uploadPiece) {
    signal.throwIfAborted();
    const piece = await bytesOf(file.slice(at, at + uploadPiece));
    await api.attachments.push({ uploadId, at, data: toBase64(piece) });
    onProgress(Math.min(1, (at + uploadPiece) / file.size));
  }
  return uploadId;
}

// A folder looks like a file here, until somebody reads it.
const bytesOf = (piece: Blob): Promise<Uint8Array> =>
  piece.arrayBuffer().then(
    (buffer) => new Uint8Array(buffer),
    () => {
      throw new InklingError(
        'bad_input',
        'The browser could not read it: it is a folder, or it was moved or changed meanwhile. Attach the file again.',
      );
    },
  );

function toBase64(bytes: Uint8Array): string {
  let text = '';
  // More at once overflows the stack of the call.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

const problemOf = (error: unknown): string => toFailure(error).message;
