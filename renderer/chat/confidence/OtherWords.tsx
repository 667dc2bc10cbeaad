import { Popover } from 'radix-ui';
import { useMemo, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { useStores } from '../../app/stores.tsx';
import type { Line } from '../../stores/line.ts';
import { percent, type ScoredWord } from './words.ts';
import { writeOn } from './writeOn.ts';

const isWord = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest('[data-at]') !== null;

/** What else the model would have said in place of a word; choosing one lets it write on from there. */
export function OtherWords(props: {
  readonly word: ScoredWord;
  readonly anchor: HTMLElement;
  /** The focus goes into the list. */
  readonly entered: boolean;
  readonly threadId: string;
  readonly store: StoreApi<Line>;
  readonly onStay: () => void;
  readonly onLeave: () => void;
  readonly onClose: () => void;
}) {
  const { word, anchor, entered, threadId, store } = props;
  const stores = useStores();
  // An answer in a given form is made in one go; no other word can be put into its middle.
  const formed = store.getState().message.format !== null;
  const list = useRef<HTMLDivElement>(null);
  const virtual = useMemo(() => ({ current: anchor }), [anchor]);
  const choose = (begin: string) => {
    props.onClose();
    writeOn(stores, threadId, store.getState(), begin).catch(stores.fail);
  };
  return (
    <Popover.Root open onOpenChange={(open) => open || props.onClose()}>
      <Popover.Anchor virtualRef={virtual} />
      <Popover.Portal>
        <Popover.Content
          // Entering by keyboard is a new opening, which takes the focus.
          key={entered ? 'entered' : 'hovered'}
          ref={list}
          className="menu confidence-others"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={`Other words for ${word.text}`}
          onOpenAutoFocus={(event) => entered || event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerEnter={props.onStay}
          onPointerLeave={() => entered || props.onLeave()}
          // Going on to the next word is no leaving: that word takes the list over.
          onInteractOutside={(event) => isWord(event.target) && event.preventDefault()}
        >
          <p className="confidence-own">
            <span className="truncate">{word.text}</span>
            <span>{percent(word.probability)}</span>
          </p>
          {word.others.length > 0 && !formed && (
            <p className="confidence-note">Write on with another word:</p>
          )}
          <ul>
            {word.others.map(({ label, probability, begin }) => (
              <li key={`${begin ?? ''} ${label}`}>
                {begin === null || formed ? (
                  <span className="menu-item confidence-end">
                    {begin === null ? <em>end of the answer</em> : <span className="truncate">{label}</span>}
                    <span>{percent(probability)}</span>
                  </span>
                ) : (
                  <button type="button" className="menu-item" onClick={() => choose(begin)}>
                    <span className="truncate">{label}</span>
                    <span>{percent(probability)}</span>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
