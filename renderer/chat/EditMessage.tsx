import { type KeyboardEvent, useEffect, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { focusComposer } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import './EditMessage.css';
import { scopeOf } from './sources/useScope.ts';
import { modelChoice } from './useModelChoice.ts';

/** A message of the person while it is changed. Sending makes another version beside it; the first one stays. */
export function EditMessage({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const stores = useStores();
  const { editing, threads } = stores;
  const text = useStore('editing', (state) => state.text);
  const running = useStore('threads', (state) => state.threads.get(threadId)?.running === true);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const { current } = field;
    current?.focus();
    current?.setSelectionRange(current.value.length, current.value.length);
  }, []);

  const close = () => {
    editing.getState().end();
    focusComposer();
  };
  const send = async () => {
    if (!text.trim() || running) return;
    const { key } = store.getState();
    close();
    const wish = { modelId: modelChoice(stores), notes: scopeOf(stores, threadId) };
    try {
      await threads.getState().edit(threadId, key, text, wish);
    } catch (error) {
      editing.getState().begin(key, text);
      stores.fail(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) void send();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <form
      className="edit"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        dir="auto"
        aria-label="Edit message"
        value={text}
        onChange={(event) => editing.getState().write(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div className="edit-foot">
        <span>The message as it was stays, with all below it.</span>
        <Button small look="quiet" onClick={close}>
          Cancel
        </Button>
        <Button small look="primary" type="submit" disabled={!text.trim() || running}>
          Send
        </Button>
      </div>
    </form>
  );
}
