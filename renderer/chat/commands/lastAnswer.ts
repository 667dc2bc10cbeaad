import { RotateCcw } from 'lucide-react';
import type { Line } from '../../stores/line.ts';
import { wishAgain } from '../wishAgain.ts';
import type { ChatCommand, CommandTarget } from './chatCommands.ts';

/** The newest message of one side in the shown chat; null while an answer is being made, or if there is none. */
export function lastLine({ stores, chat }: CommandTarget, role: Line['message']['role']): Line | null {
  const { threads, line } = stores.threads.getState();
  const thread = chat === null ? undefined : threads.get(chat);
  if (!thread || thread.running) return null;
  const key = thread.order.findLast((each) => line(each).getState().message.role === role);
  return key === undefined ? null : line(key).getState();
}

/** `/regenerate`: another answer beside the newest. */
export const answerAgain: ChatCommand = {
  name: 'regenerate',
  label: 'Try the last answer again',
  icon: RotateCcw,
  when: (target) => lastLine(target, 'assistant') !== null,
  run(target) {
    const { stores, chat } = target;
    const last = lastLine(target, 'assistant');
    if (!last || chat === null) return;
    const wish = wishAgain(stores, chat, last.message);
    stores.threads.getState().again(chat, last.key, wish).catch(stores.fail);
  },
};
