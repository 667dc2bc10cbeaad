import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Message } from '../../electron/contract/conversations.ts';
import type { LoadSettings } from '../../electron/contract/load.ts';
import { chooseModel, newChat } from '../app/actions.ts';
import { useStore, useStores } from '../app/stores.tsx';
import { retryOf } from '../stores/engine.ts';
import type { Line } from '../stores/line.ts';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { ContinueButton } from './ContinueButton.tsx';
import { modelChoice } from './useModelChoice.ts';
import { wishAgain } from './wishAgain.ts';

/** What went wrong or is missing in an answer, and the button that helps. */
export function AnswerTrouble({
  store,
  threadId,
}: {
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const message = useZustand(store, (line) => line.message);
  const ended = useZustand(store, (line) => line.phase === null);
  if (!ended) return null;
  return (
    <>
      {message.state === 'failed' && (
        <div className="trouble" data-tone="bad">
          <p>{message.error?.message ?? 'The answer could not be finished.'}</p>
          <Actions message={message} store={store} threadId={threadId} />
        </div>
      )}
      {message.state === 'interrupted' && (
        <div className="trouble">
          <p>
            {message.error?.code === 'connection_lost'
              ? 'The connection was lost while this was being written. What is shown was kept.'
              : 'Inkling was closed while this was being written. What is shown was kept.'}
          </p>
          <Actions message={message} store={store} threadId={threadId} />
        </div>
      )}
      {message.state === 'streaming' && (
        <p className="mark-note">This answer is being written in another window.</p>
      )}
      {message.damaged && (
        <p className="mark-note" data-tone="bad">
          This answer was damaged on disk. It is shown as it is; the damaged original is kept.
        </p>
      )}
      {message.endReason === 'max_tokens' && (
        <p className="mark-note mark-note-line">
          The answer reached the most tokens it may have (Settings, Answers).
          <ContinueButton store={store} threadId={threadId} />
        </p>
      )}
      {message.endReason === 'context_full' && (
        <p className="mark-note mark-note-line">
          The answer ends here because the model's window is full.
          <ContinueButton store={store} threadId={threadId} />
        </p>
      )}
      {message.leftOut > 0 && (
        <p className="mark-note">
          {plural(message.leftOut, 'earlier message')} {message.leftOut === 1 ? 'was' : 'were'} left out: the
          window was full.
        </p>
      )}
    </>
  );
}

function Actions(props: {
  readonly message: Message;
  readonly store: StoreApi<Line>;
  readonly threadId: string;
}) {
  const stores = useStores();
  const { threads, route, fail } = stores;
  const code = props.message.error?.code;
  const again = () =>
    threads
      .getState()
      .again(props.threadId, props.store.getState().key, wishAgain(stores, props.threadId, props.message))
      .catch(fail);
  const modelId = props.message.model?.id ?? null;
  const retry = useStore('engine', ({ engine }) => (modelId === null ? null : retryOf(engine, modelId)));
  const withSettings = async (settings: LoadSettings) => {
    if (modelId !== null && (await chooseModel(stores, modelId, true, settings))) await again();
  };
  const anyway = async () => {
    const id = modelChoice(stores);
    if (!id) return;
    await chooseModel(stores, id, true);
    await again();
  };
  return (
    <div className="trouble-actions">
      {code === 'context_overflow' && (
        <Button small look="primary" onClick={() => newChat(stores)}>
          New chat
        </Button>
      )}
      {code === 'model_blocked' && (
        <Button small onClick={() => void anyway()}>
          Load anyway
        </Button>
      )}
      {retry && code && loadCodes.has(code) && (
        <Button small look="primary" onClick={() => void withSettings(retry.settings)}>
          {retry.label}
        </Button>
      )}
      {code && chooseCodes.has(code) && (
        <Button small onClick={() => route.getState().go({ screen: 'models' })}>
          Choose a model
        </Button>
      )}
      <ContinueButton store={props.store} threadId={props.threadId} />
      <Button small onClick={() => void again()}>
        Try again
      </Button>
    </div>
  );
}

const loadCodes: ReadonlySet<string> = new Set(['model_load_failed', 'engine_crashed']);
const chooseCodes: ReadonlySet<string> = new Set([
  'no_model',
  'model_missing',
  'model_invalid',
  'model_load_failed',
  'model_blocked',
]);
