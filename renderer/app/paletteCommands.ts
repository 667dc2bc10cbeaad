import {
  Archive,
  Box,
  Columns2,
  FileInput,
  FileOutput,
  FileText,
  FolderPlus,
  Keyboard,
  type LucideIcon,
  Moon,
  PanelLeft,
  Pin,
  Plus,
  Settings,
  SlidersHorizontal,
  Sparkle,
  Square,
  Tag,
  Trash2,
} from 'lucide-react';
import type { Conversation } from '../../electron/contract/conversations.ts';
import { openOwnPanel } from '../chat/own/openOwnPanel.ts';
import { compareDraft } from '../compare/openCompare.ts';
import { pickPreset } from '../presets/usePreset.ts';
import { exportChat, newChat, removeChat, toggleSidebar } from './actions.ts';
import { archiveChat, pinChat, tagChat } from './marks.ts';
import type { Stores } from './stores.tsx';

/** Something the palette can do. */
export interface PaletteCommand {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: readonly string[];
  readonly task: () => void;
}

/** What can be done now, where the window is. */
export function commandsOf(stores: Stores, narrow: boolean): readonly PaletteCommand[] {
  const { route, ui, settings, threads } = stores;
  const shown = route.getState().route;
  const id = shown.screen === 'chat' ? shown.id : null;
  const dark = document.documentElement.dataset['theme'] === 'dark';
  const chat = id === null ? undefined : stores.chats.getState().byId.get(id);
  const running = id !== null && threads.getState().threads.get(id)?.running === true;
  return [
    { label: 'New chat', icon: Plus, keys: stores.newChatKeys, task: () => newChat(stores) },
    ...(running ? [{ label: 'Stop the answer', icon: Square, task: () => threads.getState().stop(id) }] : []),
    { label: 'Compare two answers', icon: Columns2, task: () => compareDraft(stores, id) },
    ...presetCommands(stores),
    ...(chat ? commandsOfChat(stores, chat) : []),
    {
      label: 'Add a model file or folder',
      icon: FolderPlus,
      task: () => ui.getState().show({ kind: 'addModel' }),
    },
    { label: 'Import chats…', icon: FileInput, task: () => ui.getState().show({ kind: 'import' }) },
    { label: 'Go to models', icon: Box, task: () => route.getState().go({ screen: 'models' }) },
    { label: 'Go to notes', icon: FileText, task: () => route.getState().go({ screen: 'notes' }) },
    {
      label: 'Go to settings',
      icon: Settings,
      keys: ['mod', ','],
      task: () => route.getState().go({ screen: 'settings', section: 'general' }),
    },
    {
      label: 'Show all shortcuts',
      icon: Keyboard,
      keys: ['mod', '/'],
      task: () => ui.getState().show({ kind: 'shortcuts' }),
    },
    {
      label: dark ? 'Switch to the light theme' : 'Switch to the dark theme',
      icon: Moon,
      task: () => void settings.getState().set({ theme: dark ? 'light' : 'dark' }),
    },
    {
      label: 'Show or hide the sidebar',
      icon: PanelLeft,
      keys: ['mod', 'B'],
      task: () => toggleSidebar(stores, narrow),
    },
  ];
}

function presetCommands(stores: Stores): readonly PaletteCommand[] {
  const { route, presets } = stores;
  const shown = route.getState().route;
  if (shown.screen !== 'chat') return [];
  return [
    { label: 'Settings of this chat', icon: SlidersHorizontal, task: () => openOwnPanel(stores) },
    ...(presets.getState().presets ?? []).map((preset) => ({
      label: `Use preset: ${preset.name}`,
      icon: Sparkle,
      task: () => pickPreset(stores, shown.id, preset),
    })),
    {
      label: 'Edit presets',
      icon: Sparkle,
      task: () => route.getState().go({ screen: 'settings', section: 'presets' }),
    },
  ];
}

function commandsOfChat(stores: Stores, chat: Conversation): readonly PaletteCommand[] {
  return [
    {
      label: chat.pinned ? 'Unpin this chat' : 'Pin this chat',
      icon: Pin,
      task: () => void pinChat(stores, chat),
    },
    { label: 'Tag this chat…', icon: Tag, task: () => tagChat(stores, chat) },
    {
      label: chat.archived ? 'Move this chat out of the archive' : 'Archive this chat',
      icon: Archive,
      task: () => void archiveChat(stores, chat),
    },
    { label: 'Export this chat…', icon: FileOutput, task: () => exportChat(stores, chat.id) },
    { label: 'Delete this chat', icon: Trash2, task: () => void removeChat(stores, chat.id) },
  ];
}
