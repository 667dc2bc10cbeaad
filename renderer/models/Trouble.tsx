import type { ReactNode } from 'react';
import type { ErrorCode, Failure } from '../../electron/contract/errors.ts';
import { Button } from '../ui/Button.tsx';
import { formatUntil } from './downloadWords.ts';
import { TokenButton } from './TokenButton.tsx';
import { useNow } from './useNow.ts';

const titles: Partial<Record<ErrorCode, string>> = {
  offline: 'The hub cannot be reached',
  timeout: 'The hub did not answer in time',
  rate_limited: 'The hub asks for a pause',
  not_found: 'Not found',
  gated: 'The makers of this model want to be asked first',
  unauthorized: 'The hub does not let you',
  hub_error: 'The hub has trouble',
};

/** Something that could not be had: what happened, and the button that helps. A pause that is asked for is kept. */
export function Trouble(props: {
  readonly problem: Failure;
  readonly onRetry: () => void;
  readonly children?: ReactNode;
}) {
  const { problem } = props;
  const retryAt = readTime(problem.details?.['retryAt']);
  const now = useNow(retryAt);
  const wait = retryAt !== null && retryAt > now ? retryAt : null;
  return (
    <div className="card trouble-card" role="alert">
      <h2>{titles[problem.code] ?? 'That did not work'}</h2>
      <p>{problem.message}</p>
      <div className="trouble-buttons">
        <Button small disabled={wait !== null} onClick={props.onRetry}>
          {wait === null ? 'Try again' : `Try again ${formatUntil(wait, now)}`}
        </Button>
        {(problem.code === 'gated' || problem.code === 'unauthorized') && <TokenButton />}
        {props.children}
      </div>
    </div>
  );
}

const readTime = (value: unknown): number | null => (typeof value === 'number' ? value : null);
