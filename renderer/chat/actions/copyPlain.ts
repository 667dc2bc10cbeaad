import { CopyMinus } from 'lucide-react';
import { copyText } from '../../app/actions.ts';
import type { MessageAction } from './messageActions.ts';
import { wordsOf } from './readAloud.ts';

/** Copies an answer as it reads; the button beside the menu copies its Markdown. */
export const copyPlain: MessageAction = {
  label: 'Copy as plain text',
  icon: CopyMinus,
  when: ({ message }) => message.role === 'assistant' && message.text !== '',
  run(target) {
    const { stores } = target;
    void copyText(stores, wordsOf(target)).then(
      (copied) => copied && stores.ui.getState().announce('Copied'),
    );
  },
};
