import { CornerDownRight } from 'lucide-react';
import { scopeOf } from '../sources/useScope.ts';
import { modelChoice } from '../useModelChoice.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

const isLast = ({ stores, threadId, line }: MessageTarget) =>
  stores.threads.getState().threads.get(threadId)?.order.at(-1) === line;

/** Has a message answered that has no answer, as the one it had was deleted. */
export const answerThis: MessageAction = {
  label: 'Answer this',
  icon: CornerDownRight,
  when: (target) =>
    target.message.role === 'user' && target.message.id !== '' && !target.running && isLast(target),
  run({ stores, threadId, line }) {
    const wish = { modelId: modelChoice(stores), notes: scopeOf(stores, threadId) };
    stores.threads.getState().answer(threadId, line, wish).catch(stores.fail);
  },
};
