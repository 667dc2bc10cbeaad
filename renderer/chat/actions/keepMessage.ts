import { Eye, EyeOff, Pin, PinOff } from 'lucide-react';
import type { Keep } from '../../../electron/contract/ledger.ts';
import { keepTurn } from '../ledger/keepTurn.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

const isStored = ({ message }: MessageTarget) => message.id !== '' && message.state !== 'streaming';
const wish = (
  label: string,
  icon: MessageAction['icon'],
  keep: Keep,
  from: readonly Keep[],
): MessageAction => ({
  label,
  icon,
  when: (target) => isStored(target) && from.includes(target.message.keep),
  run: ({ stores, threadId, message }) => void keepTurn(stores, threadId, message.id, keep),
});

/** Keeps the turn of a message in the model's window, leaves it out, or lets that be decided by the room there is. */
export const keepMessage: readonly MessageAction[] = [
  wish('Always keep', Pin, 'always', ['auto', 'never']),
  wish('Do not always keep', PinOff, 'auto', ['always']),
  wish('Leave out', EyeOff, 'never', ['auto', 'always']),
  wish('Do not leave out', Eye, 'auto', ['never']),
];
