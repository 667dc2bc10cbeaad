import { createLock } from '../../base/lock.ts';
import type { AttachmentPassage } from '../../reader/contract.ts';
import type { SpawnChild } from '../children.ts';
import type { StoredText } from './attachmentRows.ts';
import { type ReaderProcess, startReader } from './readerProcess.ts';

/** Finds passages of attachments in a process of its own, which is kept for a while: the next question comes soon. */
export interface AttachmentFinder {
  find(
    wish: {
      readonly ids: readonly string[];
      readonly question: string;
      readonly limit: number;
      /** Some passages from all over them where none shares a word with the question. */
      readonly anyway: boolean;
    },
    textOf: (id: string) => StoredText,
    signal: AbortSignal,
  ): Promise<AttachmentPassage[]>;
  close(): void;
}

/** Ms without a question after which its process ends, and texts that one process knows. */
const limits = { idle: 60_000, texts: 40 } as const;

/** Makes an {@link AttachmentFinder}. */
export function createFinder(options: { spawn: SpawnChild; entry: string }): AttachmentFinder {
  const turns = createLock();
  let reader: ReaderProcess | undefined;
  let known = new Set<string>();
  let idle: NodeJS.Timeout | undefined;

  const discard = () => {
    reader?.kill();
    reader = undefined;
    known = new Set();
  };
  const running = (): ReaderProcess => {
    if (reader?.ended || known.size > limits.texts) discard();
    reader ??= startReader(options.spawn, options.entry);
    return reader;
  };
  return {
    find: ({ ids, ...wish }, textOf, signal) =>
      turns.run(async () => {
        clearTimeout(idle);
        try {
          const { api } = running();
          for (const id of ids) {
            if (known.has(id)) continue;
            const { attachment, text, pages } = textOf(id);
            const { name, kind } = attachment;
            await api.index({ id, name, kind, text, pages: pages && [...pages] }, { signal });
            known.add(id);
          }
          return (await api.find({ ids: [...ids], ...wish }, { signal })).passages;
        } catch (error) {
          discard();
          throw error;
        } finally {
          idle = setTimeout(discard, limits.idle).unref();
        }
      }),
    close() {
      clearTimeout(idle);
      discard();
    },
  };
}
