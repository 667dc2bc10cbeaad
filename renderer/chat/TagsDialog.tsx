import { useEffect, useState } from 'react';
import { tag as tagSchema } from '../../electron/contract/conversations.ts';
import { changeTags } from '../app/marks.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { useTags } from '../app/useTags.ts';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { TextField } from '../ui/TextField.tsx';

const most = 20;
const offered = 24;

/** Gives a chat its tags: typed, or chosen among those that other chats have. */
export function TagsDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const stores = useStores();
  const chat = useStore('chats', ({ byId }) => byId.get(id));
  const known = useTags();
  const [text, setText] = useState(() => (chat?.tags ?? []).map((tag) => `${tag}, `).join(''));
  const [problem, setProblem] = useState('');
  // The dialog selects what is in its field, and the next letter would take the place of all tags.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const field = document.activeElement;
      if (field instanceof HTMLInputElement) field.setSelectionRange(field.value.length, field.value.length);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  if (!chat) return null;
  const chosen = split(text);
  const has = (tag: string) => chosen.some((one) => one.toLowerCase() === tag.toLowerCase());
  const toggle = (tag: string) => {
    const next = has(tag)
      ? chosen.filter((one) => one.toLowerCase() !== tag.toLowerCase())
      : [...chosen, tag];
    setText(next.map((one) => `${one}, `).join(''));
  };
  const save = () => {
    if (chosen.length > most) return setProblem(`A chat can have ${most} tags; these are ${chosen.length}.`);
    const wrong = chosen.map((one) => tagSchema.safeParse(one)).find((read) => !read.success);
    if (wrong) return setProblem('A tag has at most 50 letters and no quotation marks.');
    if (chosen.join(',') !== chat.tags.join(',')) void changeTags(stores, chat, chosen);
    onClose();
  };
  return (
    <Dialog
      title="Tags"
      text={`Find all chats with a tag by “tag:name” in the search.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Tags, with commas between them"
        value={text}
        placeholder="work, travel"
        problem={problem}
        maxLength={1200}
        onChange={(next) => {
          setProblem('');
          setText(next);
        }}
        onEnter={save}
      />
      {known.length > 0 && (
        <fieldset className="known-tags">
          <legend>Used before</legend>
          {known.slice(0, offered).map(({ tag }) => (
            <button
              key={tag}
              type="button"
              className="tag truncate"
              aria-pressed={has(tag)}
              onClick={() => toggle(tag)}
            >
              {tag}
            </button>
          ))}
        </fieldset>
      )}
    </Dialog>
  );
}

function split(text: string): readonly string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/^#/, '').replace(/\s+/g, ' '));
  const seen = new Set<string>();
  return tags.filter((tag) => {
    const key = tag.toLowerCase();
    if (key === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
