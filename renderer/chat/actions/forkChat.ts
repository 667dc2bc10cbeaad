import { GitFork } from 'lucide-react';
import type { MessageAction } from './messageActions.ts';

/** Starts a new chat with all up to this message. */
export const forkChat: MessageAction = {
  label: 'Fork into a new chat',
  icon: GitFork,
  when: ({ message }) => message.id !== '' && message.state !== 'streaming',
  run({ stores, threadId, message }) {
    const { api, chats, route, toasts } = stores;
    const fork = async () => {
      const chat = await api.conversations.fork({ id: threadId, messageId: message.id });
      chats.getState().put(chat);
      route.getState().go({ screen: 'chat', id: chat.id });
      toasts.getState().show('This is a copy of the chat up to there. The first one stays as it is.');
    };
    fork().catch(stores.fail);
  },
};
