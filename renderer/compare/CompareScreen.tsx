import { Square } from 'lucide-react';
import { type KeyboardEvent, useEffect } from 'react';
import type { Pick } from '../../electron/contract/compare.ts';
import { Header } from '../app/Header.tsx';
import { useStore, useStores } from '../app/stores.tsx';
import { LongText } from '../chat/markdown/LongText.tsx';
import '../chat/UserMessage.css';
import type { ComparisonView } from '../stores/comparisons.ts';
import { Button } from '../ui/Button.tsx';
import './Compare.css';
import { CompareColumn } from './CompareColumn.tsx';
import { Tally } from './Tally.tsx';

/** Two answers to one question, beside each other, and the choice between them. */
export function CompareScreen({ id }: { readonly id: string }) {
  const { comparisons, route } = useStores();
  const view = useStore('comparisons', ({ views }) => views.get(id));
  const problem = useStore('comparisons', ({ problems }) => problems.get(id));
  const connected = useStore('connectionState', (state) => state.state === 'open');
  const known = view !== undefined;
  useEffect(() => {
    if (connected && !known) void comparisons.getState().open(id);
  }, [comparisons, connected, known, id]);

  const chat = view?.comparison.conversationId ?? null;
  const back = () => route.getState().go({ screen: 'chat', id: chat });
  return (
    <>
      <Header>
        <h1 className="compare-title truncate">Which answer is better?</h1>
        <div className="header-space" />
        <Button small look={view?.comparison.picked ? 'primary' : 'plain'} onClick={back}>
          {view?.comparison.picked ? 'Continue in the chat' : 'Back to the chat'}
        </Button>
      </Header>
      {problem !== undefined && !view ? (
        <div className="empty-page" role="alert">
          <h2>This comparison could not be opened</h2>
          <p>{problem}</p>
          <Button onClick={back}>Go to the chats</Button>
        </div>
      ) : view ? (
        <Columns view={view} />
      ) : (
        <div className="compare" aria-busy="true" />
      )}
    </>
  );
}

function Columns({ view }: { readonly view: ComparisonView }) {
  const { comparisons, fail } = useStores();
  const { comparison, lines, running } = view;
  const { id, question, picked, task } = comparison;
  const choose = (pick: Pick) => comparisons.getState().pick(id, pick).catch(fail);
  const stop = () => comparisons.getState().stop(id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !running) return;
    event.preventDefault();
    stop();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape stops the answers, wherever the focus is in here
    <div className="compare" onKeyDown={onKeyDown}>
      <div className="compare-scroll">
        <article className="compare-question" aria-label="You said">
          <div className="said-text" dir="auto">
            <LongText text={question.text} />
          </div>
        </article>
        <div className="compare-columns">
          {([0, 1] as const).map((side) => (
            <CompareColumn
              key={side}
              side={side}
              view={view}
              store={lines[side]}
              onPick={() => choose(side === 0 ? 'first' : 'second')}
            />
          ))}
        </div>
      </div>
      <footer className="compare-foot">
        {running ? (
          <Button small look="primary" icon={Square} onClick={stop}>
            Stop both
          </Button>
        ) : picked === null ? (
          <Button small onClick={() => choose('tie')}>
            Both are alike
          </Button>
        ) : (
          <Tally comparison={comparison} />
        )}
        {picked === null && <span className="compare-task truncate">Kind of work: {task}</span>}
      </footer>
    </div>
  );
}
