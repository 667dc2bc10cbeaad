import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';

/** What may be written: names of notes that fit, best first, and all tags. */
export interface Writable {
  readonly names: (typed: string) => readonly { readonly link: string; readonly place: string }[];
  readonly tags: () => Promise<readonly { readonly tag: string; readonly count: number }[]>;
}

/** Completes `[[links]]` and `#tags`. */
export const completeNotes = (writable: Writable): Extension =>
  autocompletion({
    icons: false,
    override: [(context) => links(context, writable), (context) => hashTags(context, writable)],
  });

function links(context: CompletionContext, { names }: Writable): CompletionResult | null {
  const typed = context.matchBefore(/\[\[[^[\]|#\n]{0,200}$/);
  if (!typed) return null;
  return {
    from: typed.from + 2,
    // They come ranked, by place and title too.
    filter: false,
    options: names(typed.text.slice(2)).map(({ link, place }) => ({
      label: link,
      detail: place,
      apply: insertLink,
    })),
  };
}

function insertLink(view: EditorView, { label }: Completion, from: number, to: number): void {
  const closed = view.state.sliceDoc(to, to + 2) === ']]';
  view.dispatch({
    changes: { from, to, insert: closed ? label : `${label}]]` },
    selection: { anchor: from + label.length + 2 },
    userEvent: 'input.complete',
  });
}

async function hashTags(context: CompletionContext, { tags }: Writable): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/(^|[\s(])#[\p{L}\p{N}_/-]*$/u);
  if (!typed) return null;
  const from = typed.from + typed.text.lastIndexOf('#') + 1;
  // "# " begins a heading: nothing is offered before a letter, unless it was asked for.
  if (from === context.pos && !context.explicit) return null;
  const known = await tags();
  if (context.aborted) return null;
  return {
    from,
    validFor: /^[\p{L}\p{N}_/-]*$/u,
    options: known.map(({ tag, count }) => ({ label: tag.replace(/^#/, ''), detail: String(count) })),
  };
}
