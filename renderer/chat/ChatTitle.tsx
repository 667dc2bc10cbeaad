import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import { chatEntries } from '../app/chatEntries.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { TitleField } from '../app/TitleField.tsx';
import { ButtonMenu } from '../ui/Menu.tsx';
import { ChatTags } from './ChatTags.tsx';

/** The name of the chat; it becomes a field when clicked. */
export function ChatTitle({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const chat = useStore('chats', ({ byId }) => (id ? byId.get(id) : undefined));
  const [editing, setEditing] = useState(false);
  const editNext = useRef(false);
  if (!id || !chat) return <h1 className="header-title truncate">{id ? 'Chat' : 'New chat'}</h1>;
  const { title } = chat;
  const edit = () => {
    editNext.current = true;
    setEditing(true);
  };
  if (editing) {
    return (
      <TitleField
        key={id}
        id={id}
        title={title}
        className="input title-field"
        onDone={() => {
          editNext.current = false;
          setEditing(false);
        }}
      />
    );
  }
  return (
    <>
      <h1 className="header-title truncate" title={title}>
        <button
          type="button"
          className="title-button truncate"
          aria-label={`Rename “${title}”`}
          onClick={edit}
        >
          {title}
        </button>
      </h1>
      <ButtonMenu keepFocus={() => editNext.current} entries={chatEntries(stores, chat, edit)}>
        <button type="button" className="icon-button icon-button-small" aria-label="Options for this chat">
          <Ellipsis size={16} aria-hidden />
        </button>
      </ButtonMenu>
      <ChatTags chat={chat} />
    </>
  );
}
