const whole = new Intl.NumberFormat('en');
const one = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const time = new Intl.DateTimeFormat('en', { timeStyle: 'medium', hourCycle: 'h23' });
const dateTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** 8192 -> "8,192". */
export const formatCount = (count: number): string => whole.format(count);
/** 21.34 -> "21.3". */
export const formatOne = (value: number): string => one.format(value);
/** Tokens a second -> "21.3 tokens/s", from a hundred on without the decimal: "1,235 tokens/s". */
export const formatSpeed = (value: number): string =>
  `${value >= 99.95 ? whole.format(Math.round(value)) : one.format(value)} tokens/s`;
/** Milliseconds -> "42 ms", "0.4 s", or "2 min 5 s" beyond a minute. */
export function formatDuration(ms: number): string {
  if (ms < 99.5) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${one.format(ms / 1000)} s`;
  return `${whole.format(Math.floor(ms / 60_000))} min ${Math.round((ms % 60_000) / 1000)} s`;
}
/** Seconds -> "24 s left", "3 min left", "2 h 5 min left". */
export function formatLeft(seconds: number): string {
  if (seconds < 59.5) return `${Math.max(1, Math.round(seconds))} s left`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`;
}
/** Milliseconds since 1970 -> "23 Nov 2026, 04:10", in the reader's own order. */
export const formatDate = (at: number): string => dateTime.format(at);
/** Milliseconds since 1970 -> "23 Nov 2026", in the reader's own order. */
export const formatDay = (at: number): string => day.format(at);
/** Milliseconds since 1970 -> "14:05:09". */
export const formatTime = (at: number): string => time.format(at);
/** Bytes -> "2.5 GB", in steps of 1000 as file managers count. */
export function formatSize(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? whole.format(Math.round(value)) : one.format(value)} ${units[unit]}`;
}
/** Parameters of a model -> "4.0B", "135M". */
export function formatParameters(count: number): string {
  if (count >= 999_500_000) return `${one.format(count / 1e9)}B`;
  return count >= 999_500 ? `${whole.format(Math.round(count / 1e6))}M` : whole.format(count);
}
/** "1 chat", "2 chats"; `many` where an s is not enough. */
export const plural = (count: number, word: string, many = `${word}s`): string =>
  `${whole.format(count)} ${count === 1 ? word : many}`;
