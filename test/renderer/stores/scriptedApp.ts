import { createAsyncQueue } from '../../../electron/base/asyncQueue.ts';
import type { ChatEvent } from '../../../electron/contract/chat.ts';
import type { Message } from '../../../electron/contract/conversations.ts';
import { InklingError } from '../../../electron/contract/errors.ts';
import { type AppService, contract } from '../../../electron/contract/index.ts';
import { createPortEnd, type Port } from '../../../electron/rpc/port.ts';
import { serve } from '../../../electron/rpc/serve.ts';
import { createConnection } from '../../../renderer/platform/connection.ts';
import { createChatsStore } from '../../../renderer/stores/chats.ts';
import { draftMessage, type Line } from '../../../renderer/stores/line.ts';
import { createThreadsStore } from '../../../renderer/stores/threads.ts';

type Script = (signal: AbortSignal) => AsyncIterable<ChatEvent>;

/** The stores of the window over the real rpc; only the app behind it is scripted. */
export function scriptedApp() {
  const conversation = { id: 'c', title: 'Chat', createdAt: 1, updatedAt: 1, leafId: null };
  let stored: Message[] = [];
  let script: Script = async function* () {};
  let ports: (() => void)[] = [];
  const changes = createAsyncQueue<{ type: 'changed'; conversation: typeof conversation }>();

  const forever = async function* (signal: AbortSignal): AsyncGenerator<never> {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  };
  const service = {
    app: {
      info: () => ({
        version: '1',
        platform: '',
        node: '',
        sqlite: '',
        schema: 1,
        dataDir: '/',
        modelsDir: '/',
      }),
    },
    conversations: {
      list: () => ({ conversations: [{ ...conversation, leafId: stored.at(-1)?.id ?? null }], total: 1 }),
      messages: ({ before, limit }: { before: string | null; limit: number }) => {
        const end = before === null ? stored.length : stored.findIndex((message) => message.id === before);
        return { messages: stored.slice(Math.max(0, end - limit), end), hasEarlier: end > limit };
      },
      watch: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener('abort', () => changes.end(), { once: true });
        return changes;
      },
    },
    chat: {
      send: (_: unknown, { signal }: { signal: AbortSignal }) => script(signal),
      answer: (_: unknown, { signal }: { signal: AbortSignal }) => script(signal),
    },
    settings: { watch: (_: unknown, { signal }: { signal: AbortSignal }) => forever(signal) },
  } as unknown as AppService;

  const connection = createConnection(() => {
    const { near, far, cut } = pairOfPorts();
    ports.push(cut);
    serve(contract, service, far);
    return near;
  });
  const ended: Line[] = [];
  const chats = createChatsStore(connection);
  const threads = createThreadsStore({
    connection,
    chats,
    commit: (task) => task(),
    onEnded: (line) => ended.push(line),
  });

  return {
    connection,
    chats,
    threads,
    ended,
    store(messages: Message[]) {
      stored = messages;
    },
    answerWith(next: Script) {
      script = next;
    },
    /** Breaks the connection, as a closed server would. */
    cut() {
      const open = ports;
      ports = [];
      for (const close of open) close();
    },
    texts: () =>
      (threads.getState().threads.get('c')?.order ?? []).map(
        (key) => threads.getState().line(key).getState().message.text,
      ),
    last() {
      const key = threads.getState().threads.get('c')?.order.at(-1);
      if (key === undefined) throw new InklingError('not_found', 'no line');
      return threads.getState().line(key).getState();
    },
  };
}

/** A stored message. */
export function message(
  id: string,
  role: Message['role'],
  text: string,
  extra: Partial<Message> = {},
): Message {
  return { ...draftMessage(role, 'c', text, 1), state: 'done', id, ...extra };
}

function pairOfPorts(): { near: Port; far: Port; cut: () => void } {
  const later = (task: () => void) => queueMicrotask(task);
  const cut = () => {
    near.closed();
    far.closed();
  };
  const near = createPortEnd({
    post: (frame) => later(() => far.receive(JSON.parse(JSON.stringify(frame)))),
    close: cut,
  });
  const far = createPortEnd({
    post: (frame) => later(() => near.receive(JSON.parse(JSON.stringify(frame)))),
    close: cut,
  });
  return { near: near.port, far: far.port, cut };
}
