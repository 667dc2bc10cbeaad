import { Box, RefreshCw } from 'lucide-react';
import { isChatModel } from '../../stores/library.ts';
import { factsOf } from '../modelState.ts';
import { keepChoice } from '../useModelChoice.ts';
import { wishAgain } from '../wishAgain.ts';
import type { MessageAction, MessageTarget } from './messageActions.ts';

const modelsOf = ({ stores }: MessageTarget) =>
  stores.library.getState().library?.models.filter(isChatModel) ?? [];

/** Another answer beside this one, by a model chosen for it alone. */
export const answerWithAnother: MessageAction = {
  label: 'Try again with',
  icon: RefreshCw,
  when: (target) => target.message.role === 'assistant' && !target.running && modelsOf(target).length > 1,
  choices: (target) =>
    modelsOf(target).map((model) => ({
      label: model.name,
      icon: Box,
      facts: factsOf(model),
      onSelect() {
        const { stores, threadId, line, message } = target;
        keepChoice(stores);
        const wish = { ...wishAgain(stores, threadId, message), modelId: model.id };
        stores.threads.getState().again(threadId, line, wish).catch(stores.fail);
      },
    })),
};
