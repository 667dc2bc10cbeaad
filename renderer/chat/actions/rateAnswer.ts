import { ThumbsDown, ThumbsUp } from 'lucide-react';
import type { Rating } from '../../../electron/contract/conversations.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

const rate = ({ stores, threadId, message }: MessageTarget, rating: Rating) =>
  void stores.threads.getState().rate(threadId, message.id, rating).catch(stores.fail);
const isRatable = ({ message }: MessageTarget) => message.role === 'assistant' && message.state === 'done';

/** The person likes the answer: kept with it, searched for, and part of training data. */
export const rateGood: MessageAction = {
  label: 'Good answer',
  icon: ThumbsUp,
  when: (target) => isRatable(target) && target.message.rating !== 'good',
  run: (target) => rate(target, 'good'),
};

/** The person does not like it. */
export const rateBad: MessageAction = {
  label: 'Bad answer',
  icon: ThumbsDown,
  when: (target) => isRatable(target) && target.message.rating !== 'bad',
  run: (target) => rate(target, 'bad'),
};
