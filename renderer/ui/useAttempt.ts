import { useState } from 'react';
import { errorText } from '../stores/errorText.ts';

/** Runs a task of a dialog: while it runs it is busy, and what went wrong is said in the dialog. */
export function useAttempt() {
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);
  const attempt = async (task: () => Promise<void>) => {
    setProblem('');
    setBusy(true);
    try {
      await task();
    } catch (error) {
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return { attempt, busy, problem, setProblem };
}
