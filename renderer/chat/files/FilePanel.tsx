import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { toFailure } from '../../../electron/contract/errors.ts';
import { useStores } from '../../app/stores.tsx';
import type { ReadFile } from '../../stores/ui.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import './FilePanel.css';
import { fileWords } from './fileWords.ts';
import { type FilePiece, piecesOf } from './piecesOf.ts';

type Read = Awaited<ReturnType<ReturnType<typeof useStores>['api']['attachments']['read']>>;
const pieceHeight = 640;
const topGap = 48;

/** The text of an attached file beside the chat, at the passage that a source names. */
export function FilePanel({ file }: { readonly file: ReadFile }) {
  const { api, ui } = useStores();
  const [read, setRead] = useState<Read | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  const frame = useRef<HTMLElement>(null);
  // What had the focus gets it back.
  const [before] = useState(() => document.activeElement);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
  useEffect(() => {
    const abort = new AbortController();
    setProblem(null);
    api.attachments.read({ id: file.id }, { signal: abort.signal }).then(setRead, (error: unknown) => {
      if (!abort.signal.aborted) setProblem(toFailure(error).message);
    });
    return () => abort.abort();
  }, [api, file.id, tries]);
  useEffect(() => frame.current?.focus({ preventScroll: true }), []);

  const close = () => {
    ui.getState().read(null);
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  };
  const shown = read?.attachment.id === file.id ? read : null;
  return (
    <aside
      ref={frame}
      className="file-panel"
      aria-label={shown ? `Attached file: ${shown.attachment.name}` : 'Attached file'}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <header className="file-head">
        <div className="file-title">
          <h2 dir="auto" title={shown?.attachment.name}>
            {shown?.attachment.name ?? 'Attached file'}
          </h2>
          {shown && <p>{fileWords(shown.attachment)}</p>}
        </div>
        <IconButton small icon={X} label="Close the file" onClick={close} />
      </header>
      {problem !== null && (
        <div className="file-note" role="alert">
          <p>{problem}</p>
          <Button small onClick={() => setTries(tries + 1)}>
            Try again
          </Button>
        </div>
      )}
      {shown?.damaged && (
        <p className="file-note">The stored text was damaged on disk; it is shown as it is.</p>
      )}
      {shown?.attachment.remark && <p className="file-note">{shown.attachment.remark}</p>}
      {shown && <FileText read={shown} file={file} />}
    </aside>
  );
}

function FileText({ read, file }: { readonly read: Read; readonly file: ReadFile }) {
  const scroller = useRef<HTMLElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [pieces] = useState(() => piecesOf(read.text, read.pages));
  const { start, end } = file;
  useEffect(() => {
    const index = pieces.findLastIndex((piece) => piece.at <= start);
    if (index < 0) return;
    list.current?.scrollToIndex(index, { align: 'start' });
    // After the piece was rendered, to the very words.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        const mark = scroller.current?.querySelector('mark');
        if (!mark || !scroller.current) return;
        const { top } = mark.getBoundingClientRect();
        scroller.current.scrollTop += top - scroller.current.getBoundingClientRect().top - topGap;
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [pieces, start]);
  return (
    <section
      ref={scroller}
      className="file-scroll"
      aria-label={`Text of ${read.attachment.name}`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the text is scrolled by keyboard
      tabIndex={0}
      data-code={read.attachment.kind === 'code' || read.attachment.kind === 'csv' || undefined}
    >
      <Virtualizer ref={list} data={pieces} scrollRef={scroller} itemSize={pieceHeight}>
        {(piece) => <Piece key={piece.at} piece={piece} start={start} end={end} />}
      </Virtualizer>
    </section>
  );
}

function Piece(props: { readonly piece: FilePiece; readonly start: number; readonly end: number }) {
  const { piece } = props;
  const from = Math.max(0, props.start - piece.at);
  const to = Math.min(piece.text.length, props.end - piece.at);
  const marked = to > from;
  return (
    <div className="file-piece">
      {piece.page !== null && <h3>Page {piece.page}</h3>}
      <div className="file-words" dir="auto">
        {marked ? (
          <>
            {piece.text.slice(0, from)}
            <mark>{piece.text.slice(from, to)}</mark>
            {piece.text.slice(to)}
          </>
        ) : (
          piece.text
        )}
      </div>
    </div>
  );
}
