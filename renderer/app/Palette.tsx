import { Command } from 'cmdk';
import { Box, FileText, ListFilter, MessageSquare } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import type { SearchHit } from '../../electron/contract/conversations.ts';
import { isChatModel } from '../stores/library.ts';
import { baseName, folderOf, keyOf as noteKey } from '../stores/notesTree.ts';
import { Keys } from '../ui/Keys.tsx';
import { useReturnFocus } from '../ui/useReturnFocus.ts';
import { chooseModel, openMessage } from './actions.ts';
import { FilterRow } from './FilterRow.tsx';
import { forgetKeys, keptKeys } from './KeepKeys.tsx';
import './Palette.css';
import { commandsOf } from './paletteCommands.ts';
import { Snippet } from './Snippet.tsx';
import { completeFilter, readSearch } from './searchWords.ts';
import { useStore, useStores } from './stores.tsx';
import { useFilterValues } from './useFilterValues.ts';
import { useHits } from './useHits.ts';
import { useNarrow } from './useNarrow.ts';
import { useNoteNames } from './useNoteNames.ts';

/** Finds chats by their words and notes by their names, runs commands, switches the model: all by keyboard. */
export function Palette(props: {
  readonly only: 'notes' | null;
  readonly query: string;
  readonly onClose: () => void;
}) {
  const { only, onClose } = props;
  const stores = useStores();
  const narrow = useNarrow();
  const returnFocus = useReturnFocus();
  const [query, setQuery] = useState(() => props.query + keptKeys());
  useEffect(forgetKeys, []);
  const input = useRef<HTMLInputElement>(null);
  const { hits: found, searching } = useHits(query);
  const values = useFilterValues(only ? '' : query);
  const { words, typed, problem } = readSearch(only ? '' : query, Date.now());
  // A filter is about chats alone.
  const onlyChats = typed.length > 0 || problem !== null || values.length > 0;
  const names = useNoteNames(onlyChats ? '' : query, only === 'notes');
  const notes = onlyChats ? [] : names;
  const models = useStore('library', (state) => state.library?.models);
  const chosen = useRef<(() => void) | null>(null);
  const run = (task: () => void) => () => {
    chosen.current = task;
    onClose();
  };
  const matches = (words: string) => words.toLowerCase().includes(query.trim().toLowerCase());
  const hits = only || (words === '' && typed.length === 0 && query.trim() !== '') ? [] : found;
  const commands = only || onlyChats ? [] : commandsOf(stores, narrow).filter(({ label }) => matches(label));
  const usable =
    only || onlyChats
      ? []
      : (models?.filter((model) => isChatModel(model) && matches(`use model ${model.name}`)) ?? []);

  const name = only ? 'Open a note' : 'Search everything';
  const order = [
    ...values.map(({ name, value }) => `filter ${name} ${value}`),
    ...hits.map(keyOf),
    ...notes.map((note) => `note ${noteKey(note)}`),
    ...commands.map(({ label }) => label),
    ...usable.map(({ id }) => `model ${id}`),
  ];
  const first = order[0] ?? '';
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
            {!only && (
              <FilterRow
                query={query}
                onChange={(text) => {
                  setQuery(text);
                  input.current?.focus();
                }}
              />
            )}
            <Command.List className="palette-list">
              {(only || !searching) && (
                <Command.Empty className="palette-empty">
                  {problem ?? `Nothing found for “${query}”.`}
                </Command.Empty>
              )}
              {values.length > 0 && (
                <Command.Group heading="Narrow it down">
                  {values.map(({ name, value, label }) => (
                    <Command.Item
                      key={`${name} ${value}`}
                      value={`filter ${name} ${value}`}
                      className="palette-item"
                      onSelect={() => setQuery(completeFilter(query, name, value))}
                    >
                      <ListFilter size={16} aria-hidden />
                      <span className="palette-words truncate">{label}</span>
                    </Command.Item>
                  ))}
                </Command.Group>
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
                      {hit.conversation.archived && <span className="palette-mark">Archived</span>}
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
