import { useEffect, useRef } from 'react';
import { useStores } from './stores.tsx';

/** The name of a chat as a field: Enter and leaving it save, Escape does not. */
export function TitleField(props: {
  readonly id: string;
  readonly title: string;
  readonly className: string;
  readonly onDone: () => void;
}) {
  const { chats, fail } = useStores();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => {
    // After the menu has given the focus back.
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);

  const finish = (save: boolean) => {
    if (done.current) return;
    done.current = true;
    const title = field.current?.value.trim() ?? '';
    if (save && title && title !== props.title) void chats.getState().rename(props.id, title).catch(fail);
    props.onDone();
  };
  return (
    <input
      ref={field}
      className={props.className}
      aria-label="Name of the chat"
      defaultValue={props.title}
      maxLength={200}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') finish(true);
        if (event.key === 'Escape') {
          event.preventDefault();
          event.stopPropagation();
          finish(false);
        }
      }}
    />
  );
}
