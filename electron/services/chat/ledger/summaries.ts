import type { Message } from '../../../contract/conversations.ts';

/** A summary that counts in a branch: where it is kept, and which messages it stands for. */
export interface ActiveSummary {
  readonly messageId: string;
  readonly text: string;
  readonly turns: number;
  readonly covers: ReadonlySet<string>;
}

/** The summaries of a branch, oldest first. One that a later summary covers does not count while that one is there. */
export function activeSummaries(
  branch: readonly Pick<Message, 'id' | 'summary'>[],
): readonly ActiveSummary[] {
  const active: ActiveSummary[] = [];
  let before = branch.length;
  for (let end = branch.length - 1; end >= 0; end--) {
    const message = branch[end];
    if (!message?.summary || end >= before) continue;
    const { from, text, turns } = message.summary;
    const start = branch.findLastIndex(({ id }, index) => index <= end && id === from);
    // Its beginning lies on another branch, or was erased.
    if (start < 0) continue;
    before = start;
    const covers = new Set(branch.slice(start, end + 1).map(({ id }) => id));
    active.unshift({ messageId: message.id, text, turns, covers });
  }
  return active;
}

/** A summary as the model reads it. */
export const summaryText = (text: string): string =>
  `Summary of an earlier part of this conversation:\n${text.trim()}`;
