import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Line } from '../../stores/line.ts';
import { OtherWords } from './OtherWords.tsx';
import { percent, type ScoredWord, surenessOf } from './words.ts';

interface Marked {
  readonly at: number;
  readonly element: HTMLElement;
  /** The keyboard is in the list of other words. */
  readonly entered: boolean;
}

const hoverMs = 150;
const leaveMs = 250;

/** The words; arrows go from one to the next, Enter to what else could have stood there. */
export function Words(props: {
  readonly words: readonly ScoredWord[];
  readonly threadId: string;
  readonly store: StoreApi<Line>;
}) {
  const { words, threadId, store } = props;
  const [marked, setMarked] = useState<Marked | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const text = useRef<HTMLFieldSetElement>(null);
  /** The focus that comes back to a word does not open its list again. */
  const returning = useRef(false);

  const later = (ms: number, task: () => void) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(task, ms);
  };
  const mark = (element: HTMLElement | null, entered = false) => {
    clearTimeout(timer.current);
    const at = Number(element?.dataset['at']);
    setMarked(element && words[at] ? { at, element, entered } : null);
  };
  const wordAt = (target: EventTarget) =>
    target instanceof HTMLElement ? target.closest<HTMLElement>('[data-at]') : null;
  const go = (element: Element | null | undefined) => {
    if (!(element instanceof HTMLElement)) return;
    const before = text.current?.querySelector<HTMLElement>('[data-at][tabindex="0"]');
    if (before) before.tabIndex = -1;
    element.tabIndex = 0;
    element.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const word = wordAt(event.target);
    const all = text.current;
    if (!word || !all) return;
    const at = Number(word.dataset['at']);
    const targets: Record<string, number> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      Home: 0,
      End: words.length - (words.at(-1)?.text === '' ? 2 : 1),
    };
    const target = targets[event.key];
    if (target === undefined) return;
    event.preventDefault();
    go(all.querySelector(`[data-at="${target}"]`));
  };
  const onPointerOver = (event: PointerEvent) => {
    const word = wordAt(event.target);
    if (event.pointerType !== 'mouse' || marked?.entered) return;
    if (word) later(hoverMs, () => mark(word));
    else later(leaveMs, () => mark(null));
  };

  return (
    <>
      <fieldset
        ref={text}
        className="confidence-text reading"
        aria-label="Words of the answer"
        dir="auto"
        onKeyDown={onKeyDown}
        onPointerOver={onPointerOver}
        onPointerLeave={() => marked?.entered || later(leaveMs, () => mark(null))}
        onFocus={(event) => {
          if (!returning.current) mark(wordAt(event.target));
          returning.current = false;
        }}
        onBlur={() => marked?.entered || later(leaveMs, () => mark(null))}
        onClick={(event) => mark(wordAt(event.target), true)}
      >
        <WordList words={words} />
      </fieldset>
      {marked && words[marked.at] && (
        <OtherWords
          word={words[marked.at] as ScoredWord}
          anchor={marked.element}
          entered={marked.entered}
          threadId={threadId}
          store={store}
          onStay={() => clearTimeout(timer.current)}
          onLeave={() => later(leaveMs, () => mark(null))}
          onClose={() => {
            mark(null);
            if (!marked.entered) return;
            returning.current = true;
            marked.element.focus();
          }}
        />
      )}
    </>
  );
}

/** Rendered once for all: which of them is marked changes none. */
const WordList = memo(function WordList({ words }: { readonly words: readonly ScoredWord[] }) {
  return words.map(({ space, text, probability }, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: words have no other name than their place
    <span key={at}>
      {space}
      {text !== '' && (
        <button
          type="button"
          className="confidence-word"
          data-at={at}
          data-sure={surenessOf(probability)}
          tabIndex={at === 0 ? 0 : -1}
          aria-label={`${text}, ${percent(probability)}`}
          aria-haspopup="dialog"
        >
          {text}
        </button>
      )}
    </span>
  ));
});
