import { unifiedMergeView } from '@codemirror/merge';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { noteLanguage, withNonce } from './setup.ts';

type Controls = Parameters<typeof unifiedMergeView>[0]['mergeControls'];

/** Shows what changed between two texts in one column; `controls` makes the buttons of each part. */
export function openDifference(
  parent: HTMLElement,
  shown: {
    readonly before: string;
    readonly after: string;
    readonly label: string;
    readonly controls?: Exclude<Controls, undefined>;
    readonly more?: Extension;
  },
): EditorView {
  const { before, after, label, controls = false, more = [] } = shown;
  return new EditorView({
    parent,
    doc: after,
    extensions: [
      withNonce(),
      noteLanguage(`${before}\n${after}`),
      EditorState.readOnly.of(true),
      EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
      unifiedMergeView({
        original: before,
        mergeControls: controls,
        gutter: false,
        collapseUnchanged: { margin: 2, minSize: 6 },
        diffConfig: { scanLimit: 1000, timeout: 300 },
      }),
      more,
    ],
  });
}
