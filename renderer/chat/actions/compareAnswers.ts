import { Columns2 } from 'lucide-react';
import type { MessageAction, MessageTarget } from './messageActions.ts';

/** The stored question that a message is, or answers. */
function questionOf({ stores, threadId, line, message }: MessageTarget) {
  if (message.role === 'user') return message;
  const { threads, line: lineOf } = stores.threads.getState();
  const order = threads.get(threadId)?.order ?? [];
  const before = order[order.indexOf(line) - 1];
  return before === undefined ? null : lineOf(before).getState().message;
}

/** Lets two models or settings answer the same question again. */
export const compareAnswers: MessageAction = {
  label: 'Compare two answers…',
  icon: Columns2,
  when: (target) => !target.running && (questionOf(target)?.id ?? '') !== '',
  run(target) {
    const question = questionOf(target);
    if (!question) return;
    const { id, text } = question;
    target.stores.ui.getState().show({ kind: 'compare', chat: target.threadId, messageId: id, text });
  },
};
