import { createStore } from 'zustand/vanilla';
import type { ConfidenceEvent, ScoredToken } from '../../electron/contract/confidence.ts';
import { toFailure } from '../../electron/contract/errors.ts';
import type { Connection } from '../platform/connection.ts';

/** What is known of how likely a model finds one of its answers. */
export interface Reading {
  readonly state: 'reading' | 'ready' | 'failed';
  /** The newest news of how far it is. */
  readonly progress: Exclude<ConfidenceEvent, { type: 'scored' }> | null;
  readonly tokens: readonly ScoredToken[];
  readonly problem: string | null;
}

/** The answers whose words are shown by how likely they are; nothing of it is kept. */
export interface ConfidenceStore {
  /** By the answer's id. */
  readonly readings: ReadonlyMap<string, Reading>;
  show(conversationId: string, messageId: string): Promise<void>;
  hide(messageId: string): void;
}

const begun: Reading = { state: 'reading', progress: null, tokens: [], problem: null };

/** Makes the store; leaving a reading stops the model. */
export function createConfidenceStore({ api }: Connection) {
  const aborts = new Map<string, AbortController>();
  const store = createStore<ConfidenceStore>((setState, getState) => {
    const put = (id: string, reading: Reading | null) => {
      const readings = new Map(getState().readings);
      if (reading) readings.set(id, reading);
      else readings.delete(id);
      setState({ readings });
    };
    return {
      readings: new Map(),
      async show(conversationId, messageId) {
        aborts.get(messageId)?.abort();
        const abort = new AbortController();
        aborts.set(messageId, abort);
        let reading = begun;
        const change = (patch: Partial<Reading>) => {
          if (aborts.get(messageId) !== abort) return;
          reading = { ...reading, ...patch };
          put(messageId, reading);
        };
        change({});
        try {
          const events = api.confidence.read({ conversationId, messageId }, { signal: abort.signal });
          for await (const event of events) {
            if (event.type === 'scored') change({ tokens: [...reading.tokens, ...event.tokens] });
            else change({ progress: event });
          }
          change({ state: 'ready', progress: null });
        } catch (error) {
          change({ state: 'failed', progress: null, problem: toFailure(error).message });
        }
      },
      hide(messageId) {
        aborts.get(messageId)?.abort();
        aborts.delete(messageId);
        put(messageId, null);
      },
    };
  });
  return store;
}
