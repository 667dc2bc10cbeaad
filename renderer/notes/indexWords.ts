import { assertNever } from '../../electron/base/assertNever.ts';
import type { IndexState, NotesState } from '../../electron/contract/notes.ts';
import { formatCount, plural } from '../ui/format.ts';

/** What the index does now, for a person. `fraction` is null where nothing moves, or nothing can be counted. */
export interface IndexWords {
  readonly label: string;
  readonly tone: 'ok' | 'busy' | 'bad';
  readonly busy: boolean;
  readonly fraction: number | null;
  readonly detail: string;
}

/** Puts the state of the index into words. `meaning`: whose vectors find notes now. */
export function indexWords(
  index: IndexState,
  meaning: NotesState['meaning'] = 'chosen',
  waitsForPower = false,
): IndexWords {
  const held = `${plural(index.notes, 'note')} · ${plural(index.passages, 'passage')}`;
  const fraction = index.total > 0 ? Math.min(1, index.done / index.total) : null;
  const left = timeLeft(index.secondsLeft);
  const counted = index.total > 0 ? `${formatCount(index.done)} of ${formatCount(index.total)}` : '';
  const busy = (label: string, detail: string, more = ''): IndexWords => ({
    label,
    tone: 'busy',
    busy: true,
    fraction,
    detail: [detail, left, more].filter(Boolean).join(' · '),
  });
  switch (index.phase) {
    case 'starting':
      return busy('Opening the index', '');
    case 'comparing':
      return busy('Looking for changes', counted && `${counted} notes`);
    case 'indexing':
      return busy('Reading notes', counted && `${counted} notes`);
    case 'embedding':
      if (index.problem) return stopped('Meaning not learned', index.problem.message);
      if (waitsForPower)
        return {
          label: 'Waits for mains power',
          tone: 'busy',
          busy: false,
          fraction: null,
          detail: [counted && `${counted} passages`, meanwhile[meaning]].filter(Boolean).join(' · '),
        };
      return meanwhile[meaning] === ''
        ? busy('Learning the meaning', counted && `${counted} passages`)
        : busy('Learning anew', counted, meanwhile[meaning]);
    case 'ready':
      return { label: 'Index up to date', tone: 'ok', busy: false, fraction: null, detail: held };
    case 'failed':
      return stopped('Index stopped', index.problem?.message ?? '');
    default:
      return assertNever(index.phase);
  }
}

/** What finds notes while another model reads them. */
const meanwhile = {
  none: '',
  chosen: '',
  before: 'the old model answers',
  missing: 'the old model is gone: by words',
} as const satisfies Record<NotesState['meaning'], string>;

const stopped = (label: string, detail: string): IndexWords => ({
  label,
  tone: 'bad',
  busy: false,
  fraction: null,
  detail,
});

/** By what notes are found, in two or three words. */
export const foundBy = {
  none: 'by words',
  chosen: 'words and meaning',
  before: 'words and meaning',
  missing: 'by words, model missing',
} as const satisfies Record<NotesState['meaning'], string>;

/** Seconds -> "about 2 min left"; nothing where it is not known or over at once. */
export function timeLeft(seconds: number | null): string {
  if (seconds === null || seconds < 3) return '';
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  if (seconds < 3600) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 360) / 10} h left`;
}
