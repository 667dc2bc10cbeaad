import type { Keep } from '../../../electron/contract/ledger.ts';
import type { Stores } from '../../app/stores.tsx';

/** Pins the turn of a message to the window, leaves it out, or neither. */
export async function keepTurn(
  { api, threads, fail }: Stores,
  chat: string,
  messageId: string,
  keep: Keep,
): Promise<void> {
  try {
    const { messages } = await api.chat.keep({ conversationId: chat, messageId, keep });
    threads.getState().put(messages);
  } catch (error) {
    fail(error);
  }
}
