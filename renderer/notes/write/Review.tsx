import { getChunks, getOriginalDoc } from '@codemirror/merge';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { openDifference } from '../editor/differenceView.ts';

/** What was decided so far. */
export interface Reviewed {
  /** Parts that nobody decided on yet. */
  readonly open: number;
  readonly decided: boolean;
  /** The text with every part that was not rejected. */
  readonly all: string;
  /** The text with the accepted parts alone. */
  readonly accepted: string;
}

/** A proposal beside what it would change: each part with a button to accept it and one to reject it. */
export function Review(props: {
  readonly before: string;
  readonly after: string;
  readonly onChange: (reviewed: Reviewed) => void;
}) {
  const { before, after } = props;
  const host = useRef<HTMLDivElement>(null);
  const onChange = useRef(props.onChange);
  onChange.current = props.onChange;
  useEffect(() => {
    if (!host.current) return;
    const tell = (state: EditorState) => {
      const all = state.doc.toString();
      const accepted = getOriginalDoc(state).toString();
      const open = getChunks(state)?.chunks.length ?? 0;
      onChange.current({ open, decided: all !== after || accepted !== before, all, accepted });
    };
    const view = openDifference(host.current, {
      before,
      after,
      label: 'Proposed changes',
      controls: partButton,
      more: EditorView.updateListener.of(({ state, transactions }) => {
        if (transactions.length > 0) tell(state);
      }),
    });
    tell(view.state);
    return () => view.destroy();
  }, [before, after]);
  return <div className="note-difference write-review" ref={host} />;
}

function partButton(type: 'accept' | 'reject', action: (event: MouseEvent) => void): HTMLElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-small';
  button.textContent = type === 'accept' ? 'Accept' : 'Reject';
  button.ariaLabel = `${button.textContent} this part`;
  button.addEventListener('click', (event) => {
    const area = button.closest<HTMLElement>('.cm-content');
    action(event);
    // The button is gone with its part: whoever uses keys goes on from the next one.
    const next = area?.querySelector<HTMLElement>('.cm-chunkButtons button');
    (next ?? area)?.focus();
  });
  return button;
}
