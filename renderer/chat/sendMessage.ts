import type { Stores } from '../app/stores.tsx';
import { ownOf } from './own/useOwn.ts';
import { scopeOf } from './sources/useScope.ts';
import { modelChoice } from './useModelChoice.ts';

/** Says something, in a chat made for it if there is none. If it is not accepted, the words go back into the composer. */
export async function sendMessage(stores: Stores, id: string | null, text: string): Promise<void> {
  const { api, attachments, chats, chatSettings, drafts, route, threads } = stores;
  const wish = () => ({ modelId: modelChoice(stores), notes: scopeOf(stores, id) });
  const first = wish();
  drafts.getState().set(id ?? '', '');
  const files = attachments.getState().take(id ?? '');
  let chatId = id;
  try {
    if (chatId === null) {
      const chat = await api.conversations.create({
        firstWords: text.slice(0, 500),
        settings: ownOf(stores, null),
      });
      chatId = chat.id;
      chats.getState().put(chat);
      chatSettings.getState().move(chatId);
      const sent = threads.getState().send(chatId, text, first, files);
      route.getState().go({ screen: 'chat', id: chatId });
      await sent;
    } else {
      // Its own settings may say who answers, and were perhaps not read yet.
      await chatSettings.getState().load(chatId);
      await threads.getState().send(chatId, text, wish(), files);
    }
  } catch (error) {
    const key = chatId ?? '';
    if (!drafts.getState().drafts[key]) drafts.getState().set(key, text);
    attachments.getState().putBack(key, files);
    throw error;
  }
}
