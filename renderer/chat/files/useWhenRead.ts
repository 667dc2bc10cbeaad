import { useEffect, useEffectEvent, useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import type { Waiting } from '../../stores/attachments.ts';

const none: readonly Waiting[] = [];

/** Words that were sent while files were being read go as soon as they are read; other words, or a file that then cannot be read, take that back. */
export function useWhenRead(chat: string, text: string, send: () => void) {
  const { ui, attachments } = useStores();
  const files = useStore('attachments', ({ waiting }) => waiting[chat] ?? none);
  const [held, setHeld] = useState<{ readonly text: string; readonly failed: number } | null>(null);
  const reading = isReading(files);
  const failed = countFailed(files);
  const ended = useEffectEvent(() => {
    setHeld(null);
    if (held?.text === text && held.failed === failed) send();
  });
  useEffect(() => {
    if (held !== null && !reading) ended();
  }, [held, reading]);
  return {
    waits: held?.text === text,
    /** Whether the words have to wait. */
    hold(): boolean {
      // Read here: the window may not have been drawn since the file came.
      const now = attachments.getState().waiting[chat] ?? none;
      if (!isReading(now)) return false;
      setHeld({ text, failed: countFailed(now) });
      ui.getState().announce('Sent as soon as the files are read');
      return true;
    },
  };
}

const isReading = (files: readonly Waiting[]) => files.some(({ state }) => state === 'reading');
const countFailed = (files: readonly Waiting[]) => files.filter(({ state }) => state === 'failed').length;
