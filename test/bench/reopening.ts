import { openClient } from '../client.ts';
import { builtEntry, makeDir, removeDir, startHost } from '../hosts/browser/startHost.ts';
import { loadModel } from './openBenchApp.ts';

/** Tokens that the long chat has at least, and words for so many: two of these four are two or more tokens. */
const longChat = 3_000;
const words = ['the', 'quick', 'brown', 'fox'];
const wordCount = 1_725;

/** How long a long chat waits for its first token when the app was started anew, as a part of the time it took at first; ms of both. */
export interface Reopening {
  readonly reopenRatio: number;
  readonly coldFirstTokenMs: number;
  readonly reopenedFirstTokenMs: number;
  readonly reopenedTokens: number;
}

/** Says something long, ends the app, starts it again on the same folder, and goes on with the chat. */
export async function measureReopening(modelPath: string): Promise<Reopening> {
  const dataDir = makeDir();
  let conversationId = '';
  const inApp = async (text: string) => {
    const app = await startHost({ entry: builtEntry, dataDir });
    const api = await openClient(app);
    try {
      const { models } = await api.library.add({ path: modelPath });
      const modelId = models.find(({ path }) => path === modelPath)?.id ?? '';
      await loadModel(api, modelId);
      conversationId ||= (await api.conversations.create({})).id;
      const sampling = { maxTokens: 8, seed: 7 };
      const begin = performance.now();
      let first = 0;
      for await (const event of api.chat.send({ conversationId, text, modelId, sampling })) {
        if (event.type === 'text' || event.type === 'thought') first ||= performance.now();
        if (event.type === 'finished' && event.stats) return { ms: first - begin, ...event.stats };
      }
      throw new Error('the app did not answer');
    } finally {
      api.close();
      await app.stop();
    }
  };
  try {
    const text = Array.from({ length: wordCount }, (_, at) => words[at % words.length]).join(' ');
    const cold = await inApp(text);
    const reopened = await inApp('the fox');
    if (cold.cachedTokens > 0 || reopened.promptTokens < longChat)
      throw new Error('this was no long chat that had to be read');
    return {
      reopenRatio: reopened.ms / cold.ms,
      coldFirstTokenMs: cold.ms,
      reopenedFirstTokenMs: reopened.ms,
      reopenedTokens: reopened.promptTokens,
    };
  } finally {
    removeDir(dataDir);
  }
}
