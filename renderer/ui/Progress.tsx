import { Progress as Radix } from 'radix-ui';
import './Progress.css';

/** A bar for long work; `fraction` 0 to 1, null while there is nothing to count. */
export function Progress({ label, fraction }: { readonly label: string; readonly fraction: number | null }) {
  const percent = fraction === null ? null : Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <Radix.Root
      className="progress"
      value={percent}
      aria-label={label}
      data-unknown={percent === null || undefined}
    >
      <Radix.Indicator className="progress-done" style={{ width: `${percent ?? 30}%` }} />
    </Radix.Root>
  );
}
