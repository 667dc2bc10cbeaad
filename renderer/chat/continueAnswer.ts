import type { Message } from '../../electron/contract/conversations.ts';
import type { Stores } from '../app/stores.tsx';
import { findModel, isChatModel } from '../stores/library.ts';
import { keepChoice, modelChoice } from './useModelChoice.ts';

const cut: ReadonlySet<Message['endReason']> = new Set(['max_tokens', 'context_full']);
const broken: ReadonlySet<Message['state']> = new Set(['stopped', 'interrupted', 'failed']);

/** Whether an answer ended before it was through, with something to go on from; JSON can only be begun anew. */
export const canContinue = ({ role, state, endReason, text, thought, damaged, format }: Message): boolean =>
  role === 'assistant' &&
  !damaged &&
  !format &&
  text + thought !== '' &&
  (broken.has(state) || cut.has(endReason));

/** Goes on with an answer: by the model that began it, where that is still here, else by the chosen one. */
export function continueAnswer(stores: Stores, threadId: string, line: string): void {
  const { message } = stores.threads.getState().line(line).getState();
  const wrote = findModel(stores.library.getState().library, message.model?.id ?? null);
  const modelId = wrote && isChatModel(wrote) ? wrote.id : modelChoice(stores);
  keepChoice(stores);
  stores.threads.getState().resume(threadId, line, { modelId, notes: null }).catch(stores.fail);
}
