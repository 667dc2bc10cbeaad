import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { useStore, useStores } from '../../app/stores.tsx';
import { allNotes } from '../../stores/scopes.ts';
import { ComposerList, listField, listKey } from '../ComposerList.tsx';
import { partName, type ScopePart, withPart } from './scopeWords.ts';
import { setScope, useScope } from './useScope.ts';
import { useScopeOptions } from './useScopeOptions.ts';

/** `@` and the beginning of a note's name, or `#` and that of a tag, right before the cursor. */
const typed = /(?:^|\s)([@#])([^\s@#]{0,60})$/;
const most = 6;

/** What is offered while a note or a tag is typed into the composer. */
export interface Mention {
  readonly open: { readonly query: string; readonly marked: number } | null;
  readonly options: readonly ScopePart[];
  /** Looks whether something is being named at the cursor. */
  look(field: HTMLTextAreaElement): void;
  /** True if the key was meant for the list. */
  onKey(event: KeyboardEvent): boolean;
  choose(part: ScopePart): void;
  setOptions(options: readonly ScopePart[]): void;
  close(): void;
  /** For the field, so that screen readers know of the list. */
  readonly field: Record<string, string | boolean | undefined>;
}

/** Follows what is typed; choosing takes the words out of the text and narrows the notes of the chat. */
export function useMention(
  id: string | null,
  field: RefObject<HTMLTextAreaElement | null>,
  text: string,
  setText: (text: string) => void,
): Mention {
  const stores = useStores();
  const scope = useScope(id);
  const folders = useStore('notes', ({ state }) => state?.folders.length ?? 0);
  const [at, setAt] = useState<{ start: number; end: number; query: string } | null>(null);
  const [marked, setMarked] = useState(0);
  const [options, setOptions] = useState<readonly ScopePart[]>([]);
  const shown = at !== null && options.length > 0;

  const close = () => setAt(null);
  const choose = (part: ScopePart) => {
    if (!at) return;
    setScope(stores, id, withPart(scope ?? allNotes, part));
    const next = `${text.slice(0, at.start)}${text.slice(at.end)}`;
    setText(next);
    close();
    // The cursor stays where the name was.
    requestAnimationFrame(() => field.current?.setSelectionRange(at.start, at.start));
    field.current?.focus();
  };
  return {
    open: at && { query: at.query, marked },
    options,
    setOptions,
    close,
    choose,
    look({ value, selectionStart, selectionEnd }) {
      const found =
        folders > 0 && selectionStart === selectionEnd ? typed.exec(value.slice(0, selectionStart)) : null;
      if (!found) return close();
      const [, sign = '@', name = ''] = found;
      setMarked(0);
      setAt({
        start: selectionStart - name.length - 1,
        end: selectionStart,
        query: sign === '#' ? `#${name}` : name,
      });
    },
    onKey(event) {
      if (!shown) return false;
      return listKey(event, {
        count: options.length,
        marked,
        mark: setMarked,
        choose: (index) => options[index] && choose(options[index]),
        close,
      });
    },
    field: shown ? listField('mentions', marked) : {},
  };
}

/** The list over the composer. */
export function MentionList({ mention }: { readonly mention: Mention }) {
  return mention.open ? (
    <Options mention={mention} query={mention.open.query} marked={mention.open.marked} />
  ) : null;
}

function Options(props: { readonly mention: Mention; readonly query: string; readonly marked: number }) {
  const { mention, query, marked } = props;
  const options = useScopeOptions(query, most);
  const { setOptions } = mention;
  useEffect(() => setOptions(options), [options, setOptions]);
  if (options.length === 0) return null;
  return (
    <ComposerList
      id="mentions"
      label="Notes to answer from"
      options={options.map((part) => ({ key: `${part.kind} ${partName(part)}`, label: partName(part) }))}
      marked={marked}
      onChoose={(index) => options[index] && mention.choose(options[index])}
    />
  );
}
