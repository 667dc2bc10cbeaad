import { lazy, Suspense, useEffect } from 'react';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import './Chat.css';
import { ChatTitle } from './ChatTitle.tsx';
import { Composer } from './Composer.tsx';
import { EmptyChat } from './EmptyChat.tsx';
import { EngineBanner } from './EngineBanner.tsx';
import { FilePanel } from './files/FilePanel.tsx';
import { LedgerPanel } from './ledger/LedgerPanel.tsx';
import { MessageList } from './MessageList.tsx';
import { ModelPicker } from './ModelPicker.tsx';
import { OwnButton } from './own/OwnButton.tsx';
import { StorageBanner } from './StorageBanner.tsx';

const OwnPanel = lazy(async () => ({ default: (await import('./own/OwnPanel.tsx')).OwnPanel }));

/** One chat, or the calm start of a new one. */
export function ChatScreen({ id }: { readonly id: string | null }) {
  const { threads } = useStores();
  const thread = useStore('threads', (state) => (id ? state.threads.get(id) : undefined));
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const known = thread !== undefined;
  const ownOpen = useStore('chatSettings', (state) => state.open);
  const panel = useStore('ledger', (state) => state.open);
  const reading = useStore('ui', (state) => state.reading);
  useEffect(() => {
    if (id && connected && !known) void threads.getState().open(id);
  }, [id, connected, known, threads]);

  return (
    <div className="chat-frame">
      <div className="chat-main">
        <Header>
          <ChatTitle id={id} />
          <div className="header-space" />
          <OwnButton id={id} />
          <ModelPicker />
        </Header>
        <StorageBanner />
        <EngineBanner />
        {id === null ? (
          <EmptyChat />
        ) : thread?.state === 'failed' ? (
          <div className="empty-page" role="alert">
            <h2>This chat could not be opened</h2>
            <p>{thread.problem}</p>
            <Button onClick={() => void threads.getState().open(id)}>Try again</Button>
          </div>
        ) : thread?.state === 'ready' ? (
          thread.order.length === 0 ? (
            <EmptyChat />
          ) : (
            <MessageList key={id} thread={thread} />
          )
        ) : (
          <div className="messages" aria-busy="true" />
        )}
        <Composer id={id} key={`composer ${id}`} />
      </div>
      {reading ? (
        <FilePanel file={reading} key={reading.id} />
      ) : ownOpen ? (
        <Suspense fallback={null}>
          <OwnPanel id={id} key={`own ${id}`} />
        </Suspense>
      ) : (
        panel && <LedgerPanel id={id} />
      )}
    </div>
  );
}
