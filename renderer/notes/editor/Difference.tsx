import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { noteLanguage, withNonce } from './setup.ts';

/** What changed between two texts, in one column. */
export function Difference({ before, after }: { readonly before: string; readonly after: string }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current) return;
    const view = new EditorView({
      parent: host.current,
      doc: after,
      extensions: [
        withNonce(),
        noteLanguage(`${before}\n${after}`),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': 'Differences', tabindex: '0' }),
        unifiedMergeView({
          original: before,
          mergeControls: false,
          gutter: false,
          collapseUnchanged: { margin: 2, minSize: 6 },
          diffConfig: { scanLimit: 1000, timeout: 300 },
        }),
      ],
    });
    return () => view.destroy();
  }, [before, after]);
  return <div className="note-difference" ref={host} />;
}
