import { ArrowUp, Square } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { InklingError } from '../../electron/contract/errors.ts';
import { focusComposer } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { Button } from '../ui/Button.tsx';
import { editLast } from './actions/editMessage.ts';
import { ComposerList } from './ComposerList.tsx';
import './Composer.css';
import { useSlash } from './commands/useSlash.ts';
import { AttachButton } from './files/AttachButton.tsx';
import { attachFiles, attachPaste, isLongPaste } from './files/attachFiles.ts';
import { FileChips } from './files/FileChips.tsx';
import { useWhenRead } from './files/useWhenRead.ts';
import { PushedOut } from './ledger/PushedOut.tsx';
import { sendMessage } from './sendMessage.ts';
import { MentionList, useMention } from './sources/MentionList.tsx';
import { NotesToggle } from './sources/NotesToggle.tsx';
import { ThinkingChoice } from './ThinkingChoice.tsx';
import { TokenMeter } from './TokenMeter.tsx';
import { useReadAhead } from './useReadAhead.ts';

const longest = 2_000_000;

/** Where words are written. Enter sends, Shift+Enter breaks the line, Escape stops the answer. */
export function Composer({ id }: { readonly id: string | null }) {
  const stores = useStores();
  const { drafts, threads, fail, toasts } = stores;
  const key = id ?? '';
  const text = useStore('drafts', (state) => state.drafts[key] ?? '');
  const running = useStore('threads', (state) => (id ? state.threads.get(id)?.running === true : false));
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const files = useStore('attachments', (state) => state.waiting[key]?.length ?? 0);
  const field = useRef<HTMLTextAreaElement>(null);
  useReadAhead(id, text !== '');
  useEffect(() => {
    // Where there is no pointer hovering, a keyboard would jump up.
    if (matchMedia('(hover: hover)').matches) field.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    if (connected) drafts.getState().load(key).catch(fail);
  }, [connected, drafts, fail, key]);

  const send = async () => {
    if (!text.trim() || running) return;
    if (whenRead.hold()) return;
    if (text.length > longest) {
      toasts
        .getState()
        .show('This is longer than any model can read: 2 million characters at most.', { tone: 'bad' });
      return;
    }
    try {
      await sendMessage(stores, id, text);
    } catch (error) {
      if (!(error instanceof InklingError && error.code === 'cancelled')) fail(error);
    }
  };
  const whenRead = useWhenRead(key, text, () => void send());
  const mention = useMention(id, field, text, (next) => drafts.getState().set(key, next));
  const slash = useSlash(id, text, (next) => drafts.getState().set(key, next));
  const onKeyDown = (event: KeyboardEvent) => {
    // 229: some systems end a composition with a key event that no longer says so.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (mention.onKey(event) || slash.onKey(event)) return;
    if (event.key === 'ArrowUp' && text === '' && id !== null && editLast(stores, id))
      return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void send();
  };

  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = [...event.clipboardData.files];
    const words = event.clipboardData.getData('text/plain');
    // Office programs put a picture of the words beside the words.
    if (pasted.length > 0 && words === '') attachFiles(stores, key, pasted);
    else if (isLongPaste(words)) {
      const { selectionStart, selectionEnd } = event.currentTarget;
      attachPaste(stores, key, words, () => {
        const now = drafts.getState().drafts[key] ?? '';
        drafts.getState().set(key, now.slice(0, selectionStart) + words + now.slice(selectionEnd));
        focusComposer();
      });
    } else return;
    event.preventDefault();
  };

  return (
    <div className="composer-place">
      <PushedOut id={id} draft={text} />
      <form
        className="composer"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <MentionList mention={mention} />
        {slash.options.length > 0 && <ComposerList id="commands" {...slash} onChoose={slash.choose} />}
        <FileChips chat={key} />
        <textarea
          id="composer"
          ref={field}
          rows={1}
          dir="auto"
          aria-label="Message"
          placeholder={
            files === 0 ? 'Ask anything' : files === 1 ? 'Ask about the file' : 'Ask about the files'
          }
          value={text}
          onChange={(event) => {
            drafts.getState().set(key, event.target.value);
            mention.look(event.target);
          }}
          onBlur={mention.close}
          onPaste={onPaste}
          {...mention.field}
          {...slash.field}
          onKeyDown={onKeyDown}
        />
        <div className="composer-foot">
          <AttachButton chat={key} />
          <NotesToggle id={id} />
          <ThinkingChoice chat={id} />
          <span className="composer-keys">
            {whenRead.waits ? (
              <span>Sent as soon as the files are read</span>
            ) : (
              id === null && (
                <span className="composer-keys-usual">Enter sends · Shift+Enter breaks the line</span>
              )
            )}
          </span>
          <TokenMeter id={id} draft={text} />
          {running ? (
            <Button
              look="primary"
              small
              icon={Square}
              onClick={() => {
                if (id) threads.getState().stop(id);
                focusComposer();
              }}
            >
              Stop
            </Button>
          ) : (
            <Button
              look="primary"
              small
              type="submit"
              icon={ArrowUp}
              disabled={!text.trim() || !connected || whenRead.waits}
            >
              Send
            </Button>
          )}
        </div>
      </form>
    </div>
  );
}
