import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../../electron/contract/errors.ts';
import type { AppApi } from '../../../electron/contract/index.ts';
import type { WritingEvent } from '../../../electron/contract/writing.ts';
import { useStores } from '../../app/stores.tsx';

type Progress = Exclude<WritingEvent, { type: 'text' | 'proposed' | 'finished' }>;

/** How far the model is with a proposal. */
export interface Writing {
  readonly state: 'idle' | 'running' | 'done' | 'stopped' | 'failed';
  /** The newest of what goes on before words come. */
  readonly progress: Progress | null;
  readonly text: string;
  readonly items: readonly string[] | null;
  /** The text ends before the model was through. */
  readonly cut: boolean;
  readonly error: Failure | null;
}

const idle: Writing = { state: 'idle', progress: null, text: '', items: null, cut: false, error: null };

/** Has proposals written; going away stops what is being written. */
export function useWriting() {
  const { api } = useStores();
  const [writing, setWriting] = useState(idle);
  const running = useRef<AbortController | null>(null);
  const stop = useCallback(() => running.current?.abort(), []);
  useEffect(() => stop, [stop]);
  const start = useCallback(
    async (input: Parameters<AppApi['notes']['write']>[0]) => {
      running.current?.abort();
      const abort = new AbortController();
      running.current = abort;
      let now: Writing = { ...idle, state: 'running' };
      const show = (next: Writing) => {
        now = next;
        if (running.current === abort) setWriting(next);
      };
      show(now);
      try {
        for await (const event of api.notes.write(input, { signal: abort.signal })) show(applied(now, event));
        if (now.state === 'running') show({ ...now, state: 'stopped', cut: true });
      } catch (error) {
        if (abort.signal.aborted) show({ ...now, state: 'stopped', cut: true });
        else show({ ...now, state: 'failed', error: toFailure(error) });
      }
    },
    [api],
  );
  return { writing, start, stop };
}

function applied(writing: Writing, event: WritingEvent): Writing {
  switch (event.type) {
    case 'text':
      return { ...writing, progress: null, text: writing.text + event.text };
    case 'proposed':
      return { ...writing, items: event.items };
    case 'finished':
      return { ...writing, state: event.state, cut: event.endReason !== 'complete', error: event.error };
    default:
      return { ...writing, progress: event };
  }
}
