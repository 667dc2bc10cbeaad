import { assertNever } from '../../electron/base/assertNever.ts';
import type { IndexState } from '../../electron/contract/notes.ts';
import { formatCount, plural } from '../ui/format.ts';

/** What the index does now, for a person. `fraction` is null where nothing moves, or nothing can be counted. */
export interface IndexWords {
  readonly label: string;
  readonly tone: 'ok' | 'busy' | 'bad';
  readonly busy: boolean;
  readonly fraction: number | null;
  readonly detail: string;
}

/** Puts the state of the index into words. */
export function indexWords(index: IndexState): IndexWords {
  const held = `${plural(index.notes, 'note')} · ${plural(index.passages, 'passage')}`;
  const fraction = index.total > 0 ? Math.min(1, index.done / index.total) : null;
  const left = timeLeft(index.secondsLeft);
  const counted = index.total > 0 ? `${formatCount(index.done)} of ${formatCount(index.total)}` : '';
  const busy = (label: string, detail: string): IndexWords => ({
    label,
    tone: 'busy',
    busy: true,
    fraction,
    detail: [detail, left].filter(Boolean).join(' · '),
  });
  switch (index.phase) {
    case 'starting':
      return busy('Opening the index', '');
    case 'comparing':
      return busy('Looking for changes', counted && `${counted} notes`);
    case 'indexing':
      return busy('Reading notes', counted && `${counted} notes`);
    case 'embedding':
      return busy('Learning the meaning', counted && `${counted} passages`);
    case 'ready':
      return { label: 'Index up to date', tone: 'ok', busy: false, fraction: null, detail: held };
    case 'failed':
      return {
        label: 'Index stopped',
        tone: 'bad',
        busy: false,
        fraction: null,
        detail: index.problem?.message ?? '',
      };
    default:
      return assertNever(index.phase);
  }
}

/** Seconds -> "about 2 min left"; nothing where it is not known or over at once. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || seconds < 3) return '';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 360) / 10} h left`;
}
