import { useMemo, useState } from 'react';
import type { WritingTask } from '../../../electron/contract/writing.ts';
import { useStore } from '../../app/stores.tsx';
import { keyOf } from '../../stores/notesTree.ts';
import { linkTo } from '../../stores/rankNotes.ts';
import { Button } from '../../ui/Button.tsx';
import { plural } from '../../ui/format.ts';
import { Choices } from './Choices.tsx';
import { newTags } from './frontTags.ts';
import { isNothing, withProposal } from './proposal.ts';
import { Review, type Reviewed } from './Review.tsx';
import type { Subject } from './subject.ts';
import type { Writing } from './useWriting.ts';
import { nothingWords } from './writeWords.ts';

const none: readonly never[] = [];

/** A finished proposal, to be looked through part by part. `onApply` gets the text that the note is to have. */
export function Proposal(props: {
  readonly task: WritingTask;
  readonly writing: Writing;
  readonly folderId: string;
  /** The note as it is now. */
  readonly subject: Subject;
  /** It is not the text any more that the model was given. */
  readonly changed: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
  readonly onApply: (text: string) => void;
}) {
  const { task, writing, folderId, subject, changed, onAgain, onClose, onApply } = props;
  const before = useMemo(() => subject.doc.toString(), [subject.doc]);
  const entries = useStore('notes', (state) => state.entries) ?? none;
  const items = useMemo(() => {
    const found = writing.items ?? none;
    if (task === 'tags') return newTags(before, found);
    if (task !== 'links') return found;
    const named = found.map((path) => entries.find((entry) => keyOf(entry) === keyOf({ folderId, path })));
    return named.flatMap((entry) => (entry ? [linkTo(entry, entries)] : []));
  }, [task, writing.items, before, entries, folderId]);
  const [picked, setPicked] = useState<readonly string[] | null>(null);
  const chosen = useMemo(
    () => picked ?? (task === 'title' ? items.slice(0, 1) : items),
    [picked, task, items],
  );
  const after = useMemo(() => {
    if (writing.items === null && isNothing(writing.text)) return before;
    return withProposal(task, before, subject.target, { answer: writing.text, items: chosen });
  }, [task, before, subject.target, writing, chosen]);
  const [round, setRound] = useState(0);
  const [reviewed, setReviewed] = useState<Reviewed | null>(null);
  const same = after === before;
  const { open, decided, all, accepted } = reviewed ?? {
    open: 0,
    decided: false,
    all: after,
    accepted: before,
  };

  return (
    <>
      {items.length > 0 && <Choices task={task} items={items} chosen={chosen} onChange={setPicked} />}
      {changed && !same && (
        <p className="write-hint" role="status">
          The note was changed meanwhile. This is the proposal against the note as it is now.
        </p>
      )}
      {writing.cut && !same && (
        <p className="write-hint" role="status">
          The model did not come to its end, so the last of it may be missing.
        </p>
      )}
      {same ? (
        <p role="status">{items.length > 0 ? 'Nothing is chosen.' : nothingWords(task)}</p>
      ) : (
        <Review key={round} before={before} after={after} onChange={setReviewed} />
      )}
      <div className="dialog-actions">
        {!same && (
          <span className="write-count" role="status">
            {open > 0 ? `${plural(open, 'part')} to decide` : 'All parts are decided'}
          </span>
        )}
        {decided && !same ? (
          <Button look="quiet" onClick={() => setRound(round + 1)}>
            Start over
          </Button>
        ) : (
          <Button look="quiet" onClick={onAgain}>
            Write again
          </Button>
        )}
        <Button onClick={onClose}>{same ? 'Close' : 'Discard'}</Button>
        {!same && decided && open > 0 && accepted !== before && (
          <Button onClick={() => onApply(accepted)}>Keep accepted only</Button>
        )}
        {!same && (
          <Button
            look="primary"
            disabled={open === 0 && all === before}
            onClick={() => onApply(open > 0 ? all : accepted)}
          >
            {open === 0 ? 'Apply' : decided ? 'Accept the rest' : 'Accept all'}
          </Button>
        )}
      </div>
    </>
  );
}
