import { createTopic, type Topic } from '../../base/topic.ts';
import type { NetworkPurpose, NetworkRequest } from '../../contract/network.ts';

/** How many requests are kept, and how often watchers hear of changes, in ms. */
const kept = 200;
const tellEvery = 100;

/** The requests made since the start, for the person to see. */
export interface RequestLog {
  readonly topic: Topic<{ total: number; requests: NetworkRequest[] }>;
  begin(about: { host: string; path: string; purpose: NetworkPurpose }): LogEntry;
  close(): void;
}

/** What becomes of one request. */
export interface LogEntry {
  answered(status: number): void;
  received(bytes: number): void;
  ended(ok: boolean): void;
}

/** Makes an empty {@link RequestLog}. */
export function createRequestLog(now: () => number = Date.now): RequestLog {
  let entries: NetworkRequest[] = [];
  let total = 0;
  let timer: NodeJS.Timeout | undefined;
  const topic = createTopic<{ total: number; requests: NetworkRequest[] }>({ total, requests: [] });

  const tell = () => {
    timer = undefined;
    topic.set({ total, requests: entries.map((entry) => ({ ...entry })) });
  };
  const changed = () => {
    timer ??= setTimeout(tell, tellEvery).unref();
  };

  return {
    topic,
    begin(about) {
      total++;
      const entry: NetworkRequest = {
        id: String(total),
        at: now(),
        ...about,
        status: null,
        received: 0,
        state: 'running',
      };
      entries = [entry, ...entries].slice(0, kept);
      changed();
      return {
        answered(status) {
          entry.status = status;
          changed();
        },
        received(bytes) {
          entry.received += bytes;
          changed();
        },
        ended(ok) {
          if (entry.state === 'running') entry.state = ok ? 'done' : 'failed';
          changed();
        },
      };
    },
    close: () => clearTimeout(timer),
  };
}
