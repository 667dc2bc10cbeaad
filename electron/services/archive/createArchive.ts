import { assertNever } from '../../base/assertNever.ts';
import type { ExportWish } from '../../contract/archive.ts';
import type { AppService } from '../../contract/index.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Conversations } from '../conversations/createConversations.ts';
import { expandHome } from '../expandHome.ts';
import { exportChunks, type Written } from './exportChats.ts';
import { dayOf, fileName, freePath } from './fileNames.ts';
import { importChats } from './import/importChats.ts';
import { openSource } from './import/sources.ts';
import { saveFile } from './saveFile.ts';
import { streamWork } from './streamWork.ts';

/** Writes chats into files of the person, and takes over chats from files. */
export function createArchive(deps: {
  conversations: Pick<Conversations, 'whole' | 'tellReset'>;
  settings: () => Settings;
  version: string;
  now?: () => number;
}): AppService['archive'] {
  const { conversations, now = Date.now } = deps;
  const { whole } = conversations;
  const nameOf = (wish: ExportWish): [string, string] => {
    const day = dayOf(now());
    switch (wish.what) {
      case 'chat':
        return [fileName(whole.read(wish.id).chat.title), extensions[wish.format]];
      case 'everything':
        return [`Inkling chats ${day}`, 'zip'];
      case 'training':
        return [`Inkling ${wish.kind} ${day}`, 'jsonl'];
      default:
        return assertNever(wish);
    }
  };
  return {
    suggest: ({ wish }) => ({ path: freePath(...nameOf(wish)) }),
    export: ({ wish, path: typed, replace }, { signal }) =>
      streamWork(signal, async (emit, inner) => {
        const path = expandHome(typed);
        const written: Written = { chats: 0, lines: null, notes: [] };
        const chunks = exportChunks({ ...deps, whole }, wish, written, (done, total) =>
          emit({ type: 'progress', done, total }),
        );
        const size = await saveFile(path, chunks, { replace, signal: inner });
        emit({ type: 'finished', path, size, ...written });
      }),
    importFrom: ({ path }, { signal }) =>
      streamWork(signal, async (emit, inner) => {
        const source = await openSource(expandHome(path));
        const size = source.files.reduce((sum, file) => sum + file.size, 0);
        try {
          const report = await importChats(whole, source, now(), async (read, chats) => {
            emit({ type: 'progress', read: Math.min(read, size), size, chats });
            // Everybody else gets a turn, and a wish to stop is heard.
            await new Promise((resume) => setImmediate(resume));
            inner.throwIfAborted();
          });
          emit({ type: 'finished', report });
        } finally {
          source.close();
          conversations.tellReset();
        }
      }),
  };
}

const extensions = { markdown: 'md', json: 'json', html: 'html' } as const;
