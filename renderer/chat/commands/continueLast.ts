import { ArrowRight } from 'lucide-react';
import { canContinue, continueAnswer } from '../continueAnswer.ts';
import type { ChatCommand } from './chatCommands.ts';
import { lastLine } from './lastAnswer.ts';

/** `/continue`: the newest answer goes on. */
export const continueLast: ChatCommand = {
  name: 'continue',
  label: 'Go on with the last answer',
  icon: ArrowRight,
  when(target) {
    const last = lastLine(target, 'assistant');
    return last !== null && canContinue(last.message);
  },
  run(target) {
    const last = lastLine(target, 'assistant');
    if (last && target.chat !== null) continueAnswer(target.stores, target.chat, last.key);
  },
};
