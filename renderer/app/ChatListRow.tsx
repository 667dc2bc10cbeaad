import { Ellipsis } from 'lucide-react';
import { memo, useRef, useState } from 'react';
import type { Conversation } from '../../electron/contract/conversations.ts';
import { ButtonMenu, PointerMenu } from '../ui/Menu.tsx';
import { removeChat } from './actions.ts';
import { chatEntries } from './chatEntries.ts';
import { archiveChat, pinChat, tagChat } from './marks.ts';
import { useStore, useStores } from './stores.tsx';
import { TitleField } from './TitleField.tsx';

/** One chat in the sidebar: opens it; renames and deletes it by menu, right click, F2 and Delete; P pins, E archives, T tags. */
export const ChatListRow = memo(function ChatListRow({ chat }: { readonly chat: Conversation }) {
  const stores = useStores();
  const [renaming, setRenaming] = useState(false);
  const renameNext = useRef(false);
  const current = useStore('route', ({ route }) => route.screen === 'chat' && route.id === chat.id);
  const running = useStore('threads', ({ threads }) => threads.get(chat.id)?.running === true);
  const rename = () => {
    renameNext.current = true;
    setRenaming(true);
  };
  const remove = () => void removeChat(stores, chat.id);
  const entries = chatEntries(stores, chat, rename);
  const keepFocus = () => renameNext.current;

  if (renaming) {
    return (
      <TitleField
        className="chat-rename"
        id={chat.id}
        title={chat.title}
        onDone={() => {
          renameNext.current = false;
          setRenaming(false);
        }}
      />
    );
  }
  return (
    <PointerMenu entries={entries} keepFocus={keepFocus}>
      <div className="chat-row" data-current={current || undefined}>
        <button
          type="button"
          className="chat-open truncate"
          title={[chat.title, ...chat.tags.map((tag) => `#${tag}`)].join(' ')}
          aria-current={current ? 'page' : undefined}
          onClick={() => {
            stores.route.getState().go({ screen: 'chat', id: chat.id });
          }}
          onKeyDown={(event) => {
            if (event.key === 'F2') rename();
            if (event.key === 'Delete') remove();
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            if (event.key === 'p') void pinChat(stores, chat);
            if (event.key === 'e') void archiveChat(stores, chat);
            if (event.key === 't') {
              // The letter is not to land in the dialog's field.
              event.preventDefault();
              tagChat(stores, chat);
            }
          }}
        >
          {chat.title}
        </button>
        {running && <span className="chat-busy" role="img" aria-label="Answering" />}
        <ButtonMenu entries={entries} keepFocus={keepFocus}>
          <button
            type="button"
            className="icon-button icon-button-small chat-more"
            aria-label={`Options for ${chat.title}`}
          >
            <Ellipsis size={15} aria-hidden />
          </button>
        </ButtonMenu>
      </div>
    </PointerMenu>
  );
});
