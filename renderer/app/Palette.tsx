import { Command } from 'cmdk';
import {
  Box,
  FileText,
  FolderPlus,
  type LucideIcon,
  MessageSquare,
  Moon,
  PanelLeft,
  Plus,
  Settings,
  Square,
  Trash2,
} from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { SearchHit } from '../../electron/contract/conversations.ts';
import { isChatModel } from '../stores/library.ts';
import { baseName, folderOf, keyOf as noteKey } from '../stores/notesTree.ts';
import { Keys } from '../ui/Keys.tsx';
import { useReturnFocus } from '../ui/useReturnFocus.ts';
import { chooseModel, newChat, openMessage, removeChat, toggleSidebar } from './actions.ts';
import { takeKeys } from './KeepKeys.tsx';
import './Palette.css';
import { Snippet } from './Snippet.tsx';
import { type Stores, useStore, useStores } from './stores.tsx';
import { useNarrow } from './useNarrow.ts';
import { useNoteNames } from './useNoteNames.ts';

const pauseMs = 90;
const recentChats = 6;
const nothing = { words: '', hits: [] };

/** Finds chats by their words and notes by their names, runs commands, switches the model: all by keyboard. */
export function Palette({ only, onClose }: { readonly only: 'notes' | null; readonly onClose: () => void }) {
  const stores = useStores();
  const narrow = useNarrow();
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState(takeKeys);
  const input = useRef<HTMLInputElement>(null);
  const { hits: found, searching } = useHits(query);
  const notes = useNoteNames(query, only === 'notes');
  const models = useStore('library', (state) => state.library?.models);
  const chosen = useRef<(() => void) | null>(null);
  const run = (task: () => void) => () => {
    chosen.current = task;
    onClose();
  };
  const matches = (words: string) => words.toLowerCase().includes(query.trim().toLowerCase());
  const hits = only ? [] : found;
  const commands = only ? [] : commandsOf(stores, narrow).filter(({ label }) => matches(label));
  const usable = only
    ? []
    : (models?.filter((model) => isChatModel(model) && matches(`use model ${model.name}`)) ?? []);

  const name = only ? 'Open a note' : 'Search everything';
  const values = [
    ...hits.map(keyOf),
    ...notes.map((note) => `note ${noteKey(note)}`),
    ...commands.map(({ label }) => label),
    ...usable.map(({ id }) => `model ${id}`),
  ];
  const first = values[0] ?? '';
  const [selected, setSelected] = useState(first);
  // What was selected may be gone; Enter is always to mean something.
  // biome-ignore lint/correctness/useExhaustiveDependencies: other words begin at the top again
  useEffect(() => setSelected(first), [first, query]);

  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content
          className="palette"
          onOpenAutoFocus={(event) => {
            // The dialog would select what was typed before it was there, and the next key would replace it.
            event.preventDefault();
            const field = input.current;
            field?.focus();
            field?.setSelectionRange(field.value.length, field.value.length);
          }}
          onCloseAutoFocus={(event) => {
            returnFocus(event);
            // Only now, so that the task may put the focus elsewhere.
            chosen.current?.();
          }}
          aria-describedby={undefined}
        >
          <Dialog.Title className="hidden-text">{name}</Dialog.Title>
          <Command shouldFilter={false} label={name} loop value={selected} onValueChange={setSelected}>
            <Command.Input
              ref={input}
              className="palette-input"
              placeholder={only ? 'Name of a note' : 'Search chats and notes, or type a command'}
              value={query}
              onValueChange={setQuery}
              maxLength={500}
            />
            <Command.List className="palette-list">
              {(only || !searching) && (
                <Command.Empty className="palette-empty">Nothing found for “{query}”.</Command.Empty>
              )}
              {hits.length > 0 && (
                <Command.Group heading={query.trim() ? 'Chats' : 'Recent chats'}>
                  {hits.map((hit) => (
                    <Command.Item
                      key={keyOf(hit)}
                      value={keyOf(hit)}
                      className="palette-item"
                      onSelect={run(() => openMessage(stores, hit.conversation.id, hit.messageId))}
                    >
                      <MessageSquare size={16} aria-hidden />
                      <span className="palette-words">
                        <span className="truncate">{hit.conversation.title}</span>
                        {hit.snippet && <Snippet text={hit.snippet} />}
                      </span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {notes.length > 0 && (
                <Command.Group heading={only && !query.trim() ? 'Changed last' : 'Notes'}>
                  {notes.map((note) => (
                    <Command.Item
                      key={noteKey(note)}
                      value={`note ${noteKey(note)}`}
                      className="palette-item"
                      onSelect={run(() => stores.notes.getState().openNote(note, true))}
                    >
                      <FileText size={16} aria-hidden />
                      <span className="palette-words">
                        <span className="truncate" dir="auto">
                          {baseName(note.path)}
                        </span>
                        {folderOf(note.path) && (
                          <span className="snippet truncate">{folderOf(note.path)}</span>
                        )}
                      </span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {commands.length > 0 && (
                <Command.Group heading="Commands">
                  {commands.map(({ label, icon: Icon, keys, task }) => (
                    <Command.Item key={label} value={label} className="palette-item" onSelect={run(task)}>
                      <Icon size={16} aria-hidden />
                      <span className="palette-words">{label}</span>
                      {keys && <Keys keys={keys} />}
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
              {usable.length > 0 && (
                <Command.Group heading="Answer with">
                  {usable.map((model) => (
                    <Command.Item
                      key={model.id}
                      value={`model ${model.id}`}
                      className="palette-item"
                      onSelect={run(() => void chooseModel(stores, model.id))}
                    >
                      <Box size={16} aria-hidden />
                      <span className="palette-words truncate">{model.name}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
              )}
            </Command.List>
          </Command>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

const keyOf = (hit: SearchHit) => `chat ${hit.conversation.id} ${hit.messageId ?? 'title'}`;

interface PaletteCommand {
  readonly label: string;
  readonly icon: LucideIcon;
  readonly keys?: readonly string[];
  readonly task: () => void;
}

function commandsOf(stores: Stores, narrow: boolean): readonly PaletteCommand[] {
  const { route, ui, settings, threads } = stores;
  const shown = route.getState().route;
  const id = shown.screen === 'chat' ? shown.id : null;
  const dark = document.documentElement.dataset['theme'] === 'dark';
  const running = id !== null && threads.getState().threads.get(id)?.running === true;
  return [
    { label: 'New chat', icon: Plus, keys: stores.newChatKeys, task: () => newChat(stores) },
    ...(running ? [{ label: 'Stop the answer', icon: Square, task: () => threads.getState().stop(id) }] : []),
    ...(id ? [{ label: 'Delete this chat', icon: Trash2, task: () => void removeChat(stores, id) }] : []),
    {
      label: 'Add a model file or folder',
      icon: FolderPlus,
      task: () => ui.getState().show({ kind: 'addModel' }),
    },
    { label: 'Go to models', icon: Box, task: () => route.getState().go({ screen: 'models' }) },
    { label: 'Go to notes', icon: FileText, task: () => route.getState().go({ screen: 'notes' }) },
    {
      label: 'Go to settings',
      icon: Settings,
      keys: ['mod', ','],
      task: () => route.getState().go({ screen: 'settings', section: 'general' }),
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

// With nothing typed, the newest chats; else what the app finds in titles and texts: the last found until it answers.
function useHits(query: string): { readonly hits: readonly SearchHit[]; readonly searching: boolean } {
  const { api } = useStores();
  const recent = useStore('chats', (state) => state.sorted);
  const [found, setFound] = useState<{ readonly words: string; readonly hits: readonly SearchHit[] }>(
    nothing,
  );
  const words = query.trim();
  useEffect(() => {
    if (!words) return setFound(nothing);
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { hits } = await api.conversations.search({ query: words }, { signal: abort.signal });
        setFound({ words, hits });
      } catch {
        if (!abort.signal.aborted) setFound({ words, hits: [] });
      }
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [api, words]);
  if (words) return { hits: found.hits, searching: found.words !== words };
  const newest = recent.slice(0, recentChats);
  return {
    hits: newest.map((conversation) => ({ conversation, messageId: null, snippet: '' })),
    searching: false,
  };
}
