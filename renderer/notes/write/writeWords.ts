import { assertNever } from '../../../electron/base/assertNever.ts';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { formatCount } from '../../ui/format.ts';
import type { Writing } from './useWriting.ts';

/** What each task is called, in a menu and above its dialog; `asks` tells that it begins with a question. */
export const taskWords: Record<WritingTask, { readonly label: string; readonly asks: boolean }> = {
  rewrite: { label: 'Rewrite', asks: true },
  summarize: { label: 'Summarize', asks: false },
  continue: { label: 'Continue writing', asks: false },
  translate: { label: 'Translate', asks: true },
  tasks: { label: 'Extract tasks', asks: false },
  title: { label: 'Propose a title', asks: false },
  tags: { label: 'Propose tags', asks: false },
  links: { label: 'Propose links', asks: false },
};

/** What goes on while a proposal is made. */
export function progressWords({ progress, text }: Writing, modelName: string): string {
  if (text !== '') return 'Writing…';
  switch (progress?.type) {
    case undefined:
      return 'Looking at the text…';
    case 'waiting':
      return progress.ahead === 0
        ? 'Waiting for the model…'
        : `Waiting: ${formatCount(progress.ahead)} ahead`;
    case 'loading':
      return progress.phase === 'measuring'
        ? 'Finding the best number of threads…'
        : `Loading ${modelName} · ${Math.round(progress.fraction * 100)}%`;
    case 'prefill':
      return `Reading the text · ${formatCount(progress.done)} of ${formatCount(progress.total)} tokens`;
    case 'thought':
      return 'Thinking…';
    default:
      return assertNever(progress);
  }
}

/** Why a task came to nothing. */
export function nothingWords(task: WritingTask): string {
  switch (task) {
    case 'tasks':
      return 'The model found nothing to do in it.';
    case 'links':
      return 'No other note of this folder was found that belongs here and is not linked yet.';
    case 'tags':
      return 'The model named no tag that is not in the note already.';
    case 'title':
      return 'The model named no title.';
    default:
      return 'The model wrote nothing that differs from the note.';
  }
}
