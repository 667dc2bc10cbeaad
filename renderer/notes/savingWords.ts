import { assertNever } from '../../electron/base/assertNever.ts';
import type { SessionState } from './session/noteSession.ts';

/** Whether a note is saved, in a word or two. */
export function savingWords({ phase, saving, readOnly }: SessionState): string {
  if (phase !== 'ready') return '';
  if (readOnly !== null) return 'read only';
  switch (saving.kind) {
    case 'saved':
      return 'saved';
    case 'unsaved':
    case 'saving':
      return 'saving…';
    case 'failed':
      return 'not saved';
    case 'conflict':
      return saving.theirs === null ? 'gone from the disk' : 'changed elsewhere';
    default:
      return assertNever(saving);
  }
}
