import { useEffect, useState } from 'react';
import { errorText } from '../../stores/errorText.ts';

/** What an app answered: the last answer stays until the next is here. */
export interface Asked<T> {
  readonly value: T | null;
  readonly problem: string;
}

/** Asks something now and whenever `key` changes, after a short pause; `subject` is what it is about. */
export function useAsked<T>(
  subject: string,
  key: string,
  ask: (signal: AbortSignal) => Promise<T>,
): Asked<T> {
  const [asked, setAsked] = useState<Asked<T> & { readonly subject: string }>({
    subject,
    value: null,
    problem: '',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the keys say when to ask, not the function
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const value = await ask(abort.signal);
        if (!abort.signal.aborted) setAsked({ subject, value, problem: '' });
      } catch (error) {
        if (!abort.signal.aborted) setAsked({ subject, value: null, problem: errorText(error) });
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [subject, key]);
  return asked.subject === subject ? asked : { value: null, problem: '' };
}

const pauseMs = 120;
