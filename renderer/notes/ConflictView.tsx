import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { GitMerge } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { noteLanguage, withNonce } from './editor/setup.ts';
import { splitEnds } from './session/lineEnds.ts';
import type { NoteSession } from './session/noteSession.ts';

/** Both versions of a note that was changed here and elsewhere in the same place, until a person has chosen. */
export function ConflictView({
  session,
  theirs,
}: {
  readonly session: NoteSession;
  readonly theirs: string;
}) {
  const host = useRef<HTMLDivElement>(null);
  const merge = useRef<MergeView | null>(null);
  const [byHand, setByHand] = useState(false);
  useEffect(() => {
    if (!host.current) return;
    const mine = session.document.state().doc;
    const shared = [withNonce(), noteLanguage(`${mine}\n${theirs}`)];
    const locked = EditorState.readOnly.of(true);
    const name = (words: string) => EditorView.contentAttributes.of({ 'aria-label': words, tabindex: '0' });
    const view = new MergeView({
      parent: host.current,
      a: {
        doc: mine,
        extensions: [shared, name('Your version'), ...(byHand ? [] : [locked])],
      },
      b: { doc: splitEnds(theirs).text, extensions: [shared, name('The version on the disk'), locked] },
      gutter: false,
      collapseUnchanged: { margin: 3, minSize: 8 },
      diffConfig: { scanLimit: 1000, timeout: 300 },
      ...(byHand ? { revertControls: 'b-to-a' as const } : {}),
    });
    merge.current = view;
    return () => view.destroy();
  }, [session, theirs, byHand]);
  const saveHand = () => void session.replaceText(merge.current?.a.state.doc.toString() ?? '');

  return (
    <>
      <div className="banner" role="alert">
        <GitMerge size={16} aria-hidden />
        <span className="banner-text">
          <strong>This note was changed here and elsewhere, in the same place.</strong> Nothing was written
          over. {byHand ? 'Edit the left side; the arrows take over a change.' : 'Choose what it is to be.'}
        </span>
        {byHand ? (
          <>
            <Button small onClick={() => setByHand(false)}>
              Back
            </Button>
            <Button small look="primary" onClick={saveHand}>
              Save the left side
            </Button>
          </>
        ) : (
          <>
            <Button small onClick={() => void session.keepMine()}>
              Keep mine
            </Button>
            <Button small onClick={() => session.takeTheirs()}>
              Take theirs
            </Button>
            <Button small onClick={() => setByHand(true)}>
              Edit by hand
            </Button>
          </>
        )}
      </div>
      <div className="conflict">
        <div className="conflict-names" aria-hidden>
          <span>Yours, not saved yet</span>
          <span>On the disk</span>
        </div>
        <div className="conflict-sides" ref={host} />
      </div>
    </>
  );
}
