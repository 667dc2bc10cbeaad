import type { LoadEstimate } from '../../electron/contract/load.ts';
import { formatSize } from '../ui/format.ts';
import { fitWords } from './modelWords.ts';

/** What a load will take, as a bar of its parts, in numbers, and in a word. */
export function EstimateBar({ estimate }: { readonly estimate: LoadEstimate | null }) {
  if (!estimate) {
    return (
      <div className="estimate" role="status" aria-label="Memory">
        <p className="muted small">Working out the memory…</p>
      </div>
    );
  }
  const { weights, cache, working, total, word, reason } = estimate;
  const sum = weights + cache + working;
  const parts = [
    { name: 'the model', bytes: weights },
    { name: 'the window', bytes: cache },
    { name: 'computing', bytes: working },
  ];
  return (
    <div className="estimate" role="status" aria-label="Memory">
      <div className="estimate-head">
        <strong>About {formatSize(total)} of memory</strong>
        <span className="badge" data-tone={fitWords[word].tone}>
          {fitWords[word].text}
        </span>
      </div>
      <div className="estimate-bar" aria-hidden>
        {parts.map(({ name, bytes }) => (
          <span key={name} style={{ width: `${(bytes / sum) * 100}%` }} />
        ))}
      </div>
      <p className="small muted">
        {parts.map(({ name, bytes }) => `${formatSize(bytes * (total / sum))} for ${name}`).join(', ')}.{' '}
        {reason}
      </p>
    </div>
  );
}
