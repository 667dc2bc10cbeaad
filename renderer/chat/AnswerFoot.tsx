import { NotebookPen, RotateCcw } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useState } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { AnswerStats, Message } from '../../electron/contract/conversations.ts';
import { useStores } from '../app/stores.tsx';
import type { Line } from '../stores/line.ts';
import { IconButton } from '../ui/Button.tsx';
import { formatCount, formatDate, formatDuration, formatSpeed, plural } from '../ui/format.ts';
import { MessageMenu } from './actions/MessageMenu.tsx';
import { ContinueButton } from './ContinueButton.tsx';
import { CopyButton } from './markdown/CodeBlock.tsx';
import { RatedMark } from './RatedMark.tsx';
import { Siblings } from './Siblings.tsx';
import { StopReading } from './StopReading.tsx';
import { SaveAsNote } from './save/SaveAsNote.tsx';
import { wishAgain } from './wishAgain.ts';

/** The figures of a finished answer, and what can be done with it. */
export function AnswerFoot({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const stores = useStores();
  const message = useZustand(store, (line) => line.message);
  const ended = useZustand(store, (line) => line.phase === null);
  const [saving, setSaving] = useState(false);
  if (!ended || message.state === 'streaming') return null;
  // Where something went wrong, its box has the button already.
  const offersAgain = message.state === 'done' || message.state === 'stopped';
  if (!offersAgain && message.text === '' && message.siblingCount < 2) return null;
  const again = () =>
    stores.threads
      .getState()
      .again(threadId, store.getState().key, wishAgain(stores, threadId, message))
      .catch(stores.fail);
  const question = () => {
    const { threads, line } = stores.threads.getState();
    const order = threads.get(threadId)?.order ?? [];
    const before = order[order.indexOf(store.getState().key) - 1];
    return before === undefined ? '' : line(before).getState().message.text;
  };
  return (
    <footer className="answer-foot">
      {message.state === 'stopped' && <span>Stopped</span>}
      {message.state === 'stopped' && <ContinueButton store={store} threadId={threadId} />}
      {message.stats && <Figures stats={message.stats} message={message} />}
      <span className="answer-tools">
        {message.text !== '' && (
          <>
            <CopyButton label="Copy answer as Markdown" text={() => store.getState().message.text} />
            <IconButton small icon={NotebookPen} label="Save as note…" onClick={() => setSaving(true)} />
          </>
        )}
        {offersAgain && <IconButton small icon={RotateCcw} label="Try again" onClick={() => void again()} />}
        <RatedMark message={message} threadId={threadId} />
        <StopReading store={store} />
        <MessageMenu store={store} threadId={threadId} />
        <Siblings message={message} threadId={threadId} />
      </span>
      {saving && <SaveAsNote message={message} question={question()} onClose={() => setSaving(false)} />}
    </footer>
  );
}

function Figures({ stats, message }: { readonly stats: AnswerStats; readonly message: Message }) {
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <button type="button" className="figures">
          <span className="hidden-text">Figures: </span>
          {stats.timeToFirstTokenMs !== null && (
            <span>{formatDuration(stats.timeToFirstTokenMs)} to first word</span>
          )}
          {stats.generationTokensPerSecond !== null && (
            <span>{formatSpeed(stats.generationTokensPerSecond)}</span>
          )}
          <span>{plural(stats.generatedTokens, 'token')}</span>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="menu figures-all"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label="Figures"
        >
          <dl>
            {figuresOf(stats, message).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd title={value}>{value}</dd>
              </div>
            ))}
          </dl>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function figuresOf(stats: AnswerStats, message: Message): readonly (readonly [string, string])[] {
  const speed = (value: number | null) => (value === null ? 'too short to tell' : formatSpeed(value));
  return [
    ['Model', message.model?.name ?? 'unknown'],
    ['Written', formatDate(message.createdAt)],
    [
      'To first word',
      stats.timeToFirstTokenMs === null ? 'unknown' : formatDuration(stats.timeToFirstTokenMs),
    ],
    ['Writing', speed(stats.generationTokensPerSecond)],
    ['Answer', plural(stats.generatedTokens, 'token')],
    ['Reading', speed(stats.promptTokensPerSecond)],
    ['Prompt', `${formatCount(stats.promptTokens)} tokens`],
    ['Already read before', `${formatCount(stats.cachedTokens)} tokens`],
    ['Window', `${formatCount(stats.contextUsed)} of ${formatCount(stats.contextSize)} tokens`],
    ['Threads', formatCount(stats.threads)],
  ];
}
