import { Archive, ArchiveRestore, FileOutput, Pencil, Pin, PinOff, Tag, Trash2 } from 'lucide-react';
import type { Conversation } from '../../electron/contract/conversations.ts';
import type { MenuEntry } from '../ui/Menu.tsx';
import { exportChat, removeChat } from './actions.ts';
import { archiveChat, pinChat, tagChat } from './marks.ts';
import type { Stores } from './stores.tsx';

/** What can be done with a chat, for every menu that offers it. */
export function chatEntries(stores: Stores, chat: Conversation, onRename: () => void): readonly MenuEntry[] {
  return [
    { label: 'Rename', icon: Pencil, onSelect: onRename },
    {
      label: chat.pinned ? 'Unpin' : 'Pin',
      icon: chat.pinned ? PinOff : Pin,
      onSelect: () => void pinChat(stores, chat),
    },
    { label: 'Tags…', icon: Tag, onSelect: () => tagChat(stores, chat) },
    {
      label: chat.archived ? 'Move out of the archive' : 'Archive',
      icon: chat.archived ? ArchiveRestore : Archive,
      onSelect: () => void archiveChat(stores, chat),
    },
    {
      label: 'Export…',
      icon: FileOutput,
      onSelect: () => exportChat(stores, chat.id),
    },
    { label: 'Delete', icon: Trash2, danger: true, onSelect: () => void removeChat(stores, chat.id) },
  ];
}
