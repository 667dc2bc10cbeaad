import { assertNever } from '../../electron/base/assertNever.ts';
import type { Download } from '../../electron/contract/downloads.ts';
import { formatLeft, formatSize } from '../ui/format.ts';

const two = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** Bytes of bytes in one unit: "1.55 of 2.50 GB", "12 of 480 MB". */
export function formatPart(received: number, size: number): string {
  if (size >= 999_500_000) return `${two.format(received / 1e9)} of ${two.format(size / 1e9)} GB`;
  if (size >= 999_500 && size < 99_500_000)
    return `${one.format(received / 1e6)} of ${one.format(size / 1e6)} MB`;
  if (size >= 999_500) return `${whole.format(received / 1e6)} of ${whole.format(size / 1e6)} MB`;
  return `${whole.format(received / 1e3)} of ${whole.format(size / 1e3)} KB`;
}

/** When something goes on: "in 40 s", or "at 14:05" if that is more than a minute away. */
export function formatUntil(at: number, now: number): string {
  const seconds = Math.max(1, Math.ceil((at - now) / 1000));
  return seconds <= 60 ? `in ${seconds} s` : `at ${clock.format(at)}`;
}

/** How far a download is, 0 to 1; null while nobody can say. Verifying counts anew. */
export function fractionOf({ state, size, received, checked }: Download): number | null {
  if (state === 'ready') return 1;
  if (size === null || size <= 0) return state === 'paused' || state === 'failed' ? 0 : null;
  return Math.min(1, (state === 'verifying' ? checked : received) / size);
}

/** The facts under the bar, each short. `now` in ms. */
export function downloadFacts(download: Download, now: number): readonly string[] {
  const { state, size, received, checked, speed, secondsLeft, retryAt, problem, parts } = download;
  const amount = size === null ? (received > 0 ? formatSize(received) : null) : formatPart(received, size);
  const many = parts > 1 ? `${parts} parts` : null;
  const waits = retryAt !== null && retryAt > now ? `goes on ${formatUntil(retryAt, now)}` : null;
  const facts = (): readonly (string | null)[] => {
    switch (state) {
      case 'queued':
        return [amount, many, waits ?? 'waits for the downloads before it'];
      case 'resolving':
        return [amount, many, waits ?? 'asking the hub for it'];
      case 'downloading':
        return [
          amount,
          speed === null ? null : `${formatSize(speed)}/s`,
          secondsLeft === null ? null : formatLeft(secondsLeft),
          many,
          waits ?? (checked > 0 ? 'verifying as it arrives' : null),
        ];
      case 'verifying':
        return [size === null ? null : formatPart(checked, size), 'verifying every byte'];
      case 'ready':
        return [amount];
      case 'paused':
        return [amount, many, problem ? 'stopped' : 'paused', waits];
      case 'failed':
        return received > 0 ? [amount, many, 'stopped'] : [many, 'stopped'];
      default:
        return assertNever(state);
    }
  };
  return facts().filter((fact) => fact !== null);
}

/** The name of a model by its file, where nothing better is known: without folders, ending and number of part. */
export const modelNameOf = (file: string): string =>
  (file.split('/').at(-1) ?? file).replace(/(-\d{5}-of-\d{5})?\.gguf$/i, '');
