import { createConversations } from '../../electron/services/conversations/createConversations.ts';
import { openStorage } from '../../electron/services/storage/openStorage.ts';
import { openClient } from '../client.ts';
import { builtEntry, makeDir, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { median } from './figures.ts';

/** Times over the whole wire with 10,000 chats, in ms: all of them listed, and the slowest of ten searches. */
export interface ManyChats {
  readonly listMs: number;
  readonly searchMs: number;
}

const words =
  'battery cabin lentil soup landlord letter rate limiter sailing club expenses winter load charge'.split(
    ' ',
  );
const queries = [
  'b',
  'ca',
  'cabin',
  'cabin win',
  'soup lentil',
  'nothing',
  'charge',
  'l',
  'rate limiter',
  'x',
];

/** Fills a database with 10,000 chats of two messages, starts the app on it and asks. */
export async function measureManyChats(): Promise<ManyChats> {
  const dataDir = makeDir();
  try {
    await fill(dataDir, 10_000);
    const app = await startHost({ entry: builtEntry, dataDir });
    const api = await openClient(app);
    const time = async (task: () => Promise<unknown>) => {
      const started = performance.now();
      await task();
      return performance.now() - started;
    };
    const lists: number[] = [];
    for (let round = 0; round < 5; round++) {
      lists.push(await time(() => api.conversations.list({ offset: 0, limit: 20_000 })));
    }
    const searches: number[] = [];
    for (const query of queries) searches.push(await time(() => api.conversations.search({ query })));
    api.close();
    await app.stop();
    return { listMs: median(lists), searchMs: Math.max(...searches) };
  } finally {
    removeDir(dataDir);
  }
}

async function fill(dataDir: string, chats: number): Promise<void> {
  const storage = openStorage({ dataDir });
  const conversations = createConversations({ storage });
  const signal = new AbortController().signal;
  const text = (seed: number) =>
    Array.from({ length: 30 }, (_, at) => words[(seed * 7 + at * 3 + (seed % 11)) % words.length]).join(' ');
  storage.connection().transaction(() => {
    for (let chat = 0; chat < chats; chat++) {
      // Synchronous underneath; a promise would leave the transaction.
      const created = conversations.api.create({ title: `${text(chat).slice(0, 40)} ${chat}` }, { signal });
      if (created instanceof Promise) throw new Error('chats are expected to be made at once');
      const { answer } = conversations.addTurn({
        conversationId: created.id,
        parentId: null,
        text: text(chat + 1),
        model: null,
      });
      const writer = conversations.openAnswer(answer.id);
      writer.append({ text: text(chat + 2) });
      void writer.finish({ state: 'done', endReason: 'complete', stats: null, error: null, leftOut: 0 });
    }
  });
  conversations.close();
  await storage.close();
}
