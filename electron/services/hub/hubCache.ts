import { setTimeout as sleep } from 'node:timers/promises';
import { abortable } from '../../base/abortable.ts';
import { InklingError } from '../../contract/errors.ts';

/** How long an answer serves, in ms, and how many are kept. */
const fresh = 5 * 60_000;
const kept = 200;
/** How long one question may take in all, in ms. */
const limit = 45_000;

/** Asks the hub as seldom as possible: answers are kept, questions shared, and a pause that it wants is kept too. */
export interface HubCache {
  /** The answer to `key`: a kept one, or what `ask` brings. A caller that leaves within `delay` ms asks nothing. */
  get<T>(
    key: string,
    delay: number,
    signal: AbortSignal,
    ask: (signal: AbortSignal) => Promise<T>,
  ): Promise<T>;
}

/** Makes an empty {@link HubCache}. */
export function createHubCache(now: () => number = Date.now): HubCache {
  const answers = new Map<string, { readonly at: number; readonly answer: Promise<unknown> }>();
  let paused: InklingError | null = null;

  const start = <T>(key: string, ask: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const answer = ask(AbortSignal.timeout(limit));
    answers.set(key, { at: now(), answer });
    for (const old of [...answers.keys()].slice(0, Math.max(0, answers.size - kept))) answers.delete(old);
    answer.catch((error: unknown) => {
      answers.delete(key);
      if (error instanceof InklingError && error.code === 'rate_limited') paused = error;
    });
    return answer;
  };
  const known = (key: string) => {
    const found = answers.get(key);
    return found && now() - found.at < fresh ? found.answer : undefined;
  };
  const assertAllowed = () => {
    if (paused !== null && Number(paused.details?.['retryAt']) > now()) throw paused;
  };

  return {
    async get<T>(
      key: string,
      delay: number,
      signal: AbortSignal,
      ask: (signal: AbortSignal) => Promise<T>,
    ): Promise<T> {
      if (!known(key)) {
        assertAllowed();
        if (delay > 0) await sleep(delay, undefined, { signal });
        signal.throwIfAborted();
      }
      // Keys are made from what is asked, so an answer under a key is of the asker's type.
      const answer = (known(key) as Promise<T> | undefined) ?? start(key, ask);
      return abortable(answer, signal);
    },
  };
}
