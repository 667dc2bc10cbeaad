import type { ChatEvent } from '../../electron/contract/chat.ts';
import type { Message } from '../../electron/contract/conversations.ts';
import { InklingError } from '../../electron/contract/errors.ts';
import type { AppApi } from '../../electron/contract/index.ts';
import { applyEvent } from './applyEvent.ts';
import { endedLine, type Line, storedLine, withDoc } from './line.ts';
import type { Lines } from './lines.ts';
import { createPacer } from './pacer.ts';
import type { ThreadTable } from './thread.ts';

/** One answer to be made in a chat. */
export interface AnswerRun {
  /** The lines before it, as they are to be shown. */
  readonly order: readonly string[];
  /** The answer as it begins: without words, or with those that it goes on after. */
  readonly begins: Message;
  /** The line of the question, if it is not stored yet. */
  readonly userKey: string | null;
  readonly call: (signal: AbortSignal) => AsyncIterable<ChatEvent>;
}

/** The answers that this window lets the app make, one a chat. */
export interface AnswerRuns {
  has(id: string): boolean;
  stop(id: string): void;
  /** Resolves when the answer has ended, rejects if the wish was not accepted; then everything is as before. */
  run(id: string, wanted: AnswerRun): Promise<void>;
}

const settleMs = 300;

/** Makes the {@link AnswerRuns}. */
export function createAnswerRuns(deps: {
  readonly api: AppApi;
  readonly lines: Lines;
  readonly table: ThreadTable;
  readonly newKey: () => string;
  readonly reload: (id: string) => Promise<void>;
  readonly commit: (task: () => void) => void;
  readonly onEnded: (line: Line) => void;
}): AnswerRuns {
  const { api, lines, table, commit } = deps;
  const { find, put } = table;
  const running = new Map<string, AbortController>();

  const run = async (id: string, { order, begins, userKey, call }: AnswerRun): Promise<void> => {
    if (running.has(id)) throw new InklingError('busy', 'This chat is still answering. Stop it first.');
    const before = find(id)?.order ?? [];
    const abort = new AbortController();
    running.set(id, abort);
    let line: Line = { ...storedLine(begins, deps.newKey()), phase: { kind: 'sending' } };
    const answer = lines.get(lines.add(line));
    put(id, { state: 'ready', order: [...order, line.key], running: true });
    const show = () => commit(() => answer.setState(withDoc(line), true));
    const pacer = createPacer(() => show());
    let accepted = false;
    try {
      for await (const event of call(abort.signal)) {
        line = { ...applyEvent(line, event, performance.now()), doc: answer.getState().doc };
        if (event.type === 'text' || event.type === 'thought') {
          pacer.request();
          continue;
        }
        if (event.type === 'accepted') {
          accepted = true;
          lines.rename(line.key, event.answer.id);
          if (event.user && userKey) accept(userKey, event.user);
        }
        show();
      }
      if (line.phase)
        line = endedLine(line, new InklingError('internal', 'The answer ended without a word why.'));
    } catch (error) {
      if (!accepted) {
        put(id, { order: before });
        // Stopped so early, it may have been stored or not; what the app says is shown.
        if (abort.signal.aborted) setTimeout(() => void deps.reload(id), settleMs);
        throw error;
      }
      line = abort.signal.aborted ? endedLine(line, null) : endedLine(line, error);
    } finally {
      pacer.stop();
      running.delete(id);
      if (accepted) show();
      put(id, { running: false });
    }
    deps.onEnded(line);
    await settle(id, line.message.id);
  };

  const accept = (key: string, message: Message) => {
    lines.rename(key, message.id);
    lines.get(key).setState({ message });
  };

  // What the app stored is the truth; after a stop it is written a moment later than the stream ends.
  const settle = async (id: string, answerId: string): Promise<void> => {
    for (const pause of [0, 150, 600, 2000]) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (running.has(id)) return;
      const { messages } = await api.conversations.messages({ id, limit: 2 }).catch(() => ({ messages: [] }));
      const stored = messages.find((message) => message.id === answerId);
      if (!stored || stored.state === 'streaming') continue;
      for (const message of messages) lines.put(message);
      return;
    }
  };

  return { has: (id) => running.has(id), stop: (id) => running.get(id)?.abort(), run };
}
