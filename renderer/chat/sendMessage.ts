import type { Stores } from '../app/stores.tsx';
import { modelChoice } from './useModelChoice.ts';

const titleLength = 60;

/** Says something, in a chat made for it if there is none. If it is not accepted, the words go back into the composer. */
export async function sendMessage(stores: Stores, id: string | null, text: string): Promise<void> {
  const { api, chats, drafts, route, threads } = stores;
  drafts.getState().set(id ?? '', '');
  let chatId = id;
  try {
    if (chatId === null) {
      const chat = await api.conversations.create({ title: titleOf(text) });
      chatId = chat.id;
      chats.getState().put(chat);
      const sent = threads.getState().send(chatId, text, modelChoice(stores));
      route.getState().go({ screen: 'chat', id: chatId });
      await sent;
    } else {
      await threads.getState().send(chatId, text, modelChoice(stores));
    }
  } catch (error) {
    const key = chatId ?? '';
    if (!drafts.getState().drafts[key]) drafts.getState().set(key, text);
    throw error;
  }
}

/** The first words of a text as the name of a chat. */
export function titleOf(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.replace(/\s+/g, ' ').trim() ?? '';
  if (line.length <= titleLength) return line || 'New chat';
  const cut = line.slice(0, titleLength);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > titleLength / 2 ? word : titleLength).trimEnd()}…`;
}
