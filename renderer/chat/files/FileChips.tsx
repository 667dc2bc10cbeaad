import { FileText, LoaderCircle, TriangleAlert, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Attachment } from '../../../electron/contract/attachments.ts';
import { focusComposer } from '../../app/actions.ts';
import { useStore, useStores } from '../../app/stores.tsx';
import type { Waiting } from '../../stores/attachments.ts';
import { IconButton } from '../../ui/Button.tsx';
import { formatCount } from '../../ui/format.ts';
import { removeFile } from './attachFiles.ts';
import './Files.css';
import { fileWords } from './fileWords.ts';
import { type FileSize, useFileSizes } from './useFileSizes.ts';

const nothing: readonly never[] = [];

/** The files in the composer of a chat: what is read of them, what it costs, and why one was refused. */
export function FileChips({ chat }: { readonly chat: string }) {
  const { attachments } = useStores();
  const waiting = useStore('attachments', (state) => state.waiting[chat]) ?? nothing;
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const sizes = useFileSizes(chat);
  useEffect(() => {
    if (connected) void attachments.getState().open(chat);
  }, [attachments, chat, connected]);
  if (waiting.length === 0) return null;
  return (
    <ul className="file-chips" aria-label="Attached files">
      {waiting.map((each) => (
        <WaitingChip
          key={each.key}
          chat={chat}
          waiting={each}
          size={each.state === 'ready' ? sizes.get(each.attachment.id) : undefined}
        />
      ))}
    </ul>
  );
}

function WaitingChip(props: {
  readonly chat: string;
  readonly waiting: Waiting;
  readonly size: FileSize | undefined;
}) {
  const stores = useStores();
  const { chat, waiting, size } = props;
  const { name, key, state } = waiting;
  return (
    <li className="file-chip" data-state={state}>
      {state === 'ready' ? (
        <FileButton attachment={waiting.attachment} size={size} />
      ) : (
        <span className="file-chip-body" role={state === 'failed' ? 'alert' : 'status'}>
          {state === 'failed' ? (
            <TriangleAlert size={16} aria-hidden />
          ) : (
            <LoaderCircle size={16} aria-hidden />
          )}
          <span className="file-chip-name" dir="auto">
            {name}
          </span>
          <span className="file-chip-words">
            {state === 'failed' ? waiting.problem : readingWords(waiting.fraction)}
          </span>
        </span>
      )}
      <IconButton
        small
        icon={X}
        label={state === 'reading' ? `Stop reading ${name}` : `Remove ${name}`}
        onClick={() => {
          void removeFile(stores, chat, key, name);
          focusComposer();
        }}
      />
    </li>
  );
}

const readingWords = (fraction: number | null) =>
  fraction === null || fraction >= 1 ? 'Reading…' : `Reading ${Math.floor(fraction * 100)}%`;

/** The files that came with a message; each opens beside the chat. */
export function MessageFiles({ files }: { readonly files: readonly Attachment[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="file-chips" aria-label="Attached files">
      {files.map((file) => (
        <li className="file-chip" data-state="ready" key={file.id}>
          <FileButton attachment={file} size={undefined} />
        </li>
      ))}
    </ul>
  );
}

function FileButton(props: { readonly attachment: Attachment; readonly size: FileSize | undefined }) {
  const { ui } = useStores();
  const { attachment, size } = props;
  const { id, name, remark } = attachment;
  return (
    <button
      type="button"
      className="file-chip-body"
      title={remark ?? undefined}
      onClick={() => ui.getState().read({ id, start: 0, end: 0 })}
    >
      {remark ? <TriangleAlert size={16} aria-hidden /> : <FileText size={16} aria-hidden />}
      <span className="file-chip-name" dir="auto">
        {name}
      </span>
      <span className="file-chip-words">
        {fileWords(attachment)}
        {size && ` · ${sizeWords(size)}`}
        {remark && <span className="hidden-text">. {remark}</span>}
      </span>
    </button>
  );
}

const sizeWords = ({ tokens, whole }: FileSize): string =>
  whole && tokens !== null ? `${formatCount(tokens)} tokens` : 'long: read by passages';
