import { collect, openClient } from '../../client.ts';
import { makeDir, removeDir, startHost } from './startHost.ts';

/* A whole chat over the real host and engine; prints how it ended. Run it where there is no network at all. */
const dataDir = makeDir();
const host = await startHost({ dataDir });
const api = await openClient(host);
const { id: conversationId } = await api.conversations.create({});
const events = await collect(api.chat.send({ conversationId, text: 'hello', sampling: { maxTokens: 8 } }));
const end = events.at(-1);
process.stdout.write(`${end?.type === 'finished' ? end.state : 'nothing'}\n`);
api.close();
await host.stop();
removeDir(dataDir);
