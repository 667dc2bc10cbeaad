import { useEffect, useRef, useState } from 'react';
import { errorText } from '../stores/errorText.ts';

/** One piece of long work of a dialog: it can be stopped, and stops when the dialog goes. */
export function useRun(): {
  readonly running: boolean;
  readonly problem: string;
  clear(): void;
  run(task: (signal: AbortSignal) => Promise<void>): Promise<void>;
  stop(): void;
} {
  const [running, setRunning] = useState(false);
  const [problem, setProblem] = useState('');
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  return {
    running,
    problem,
    clear: () => setProblem(''),
    stop: () => abort.current?.abort(),
    async run(task) {
      const controller = new AbortController();
      abort.current = controller;
      setRunning(true);
      setProblem('');
      try {
        await task(controller.signal);
      } catch (error) {
        if (!controller.signal.aborted) setProblem(errorText(error));
      } finally {
        setRunning(false);
      }
    },
  };
}
