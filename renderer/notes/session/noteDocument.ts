import { isolateHistory } from '@codemirror/commands';
import {
  Annotation,
  ChangeSet,
  Compartment,
  EditorState,
  type Extension,
  Transaction,
  type TransactionSpec,
} from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { changeTo } from './changeTo.ts';
import { joinEnds, lineEnds, setLineEnds, splitEnds } from './lineEnds.ts';

/** Marks a change that came from the file, not from a person. */
const fromDisk = Annotation.define<true>();

/** The text of one open note with its undo history, shown or not. */
export interface NoteDocument {
  state(): EditorState;
  view(): EditorView | null;
  /** The text as the file is to hold it. */
  text(): string;
  /** Where a place of the editor lies in the file's text. */
  offsetInFile(at: number): number;
  begin(text: string, readOnly: boolean): void;
  dispatch(spec: TransactionSpec): void;
  /** Applies a transaction made of the present state. */
  apply(transaction: Transaction): void;
  /** Shows the text in an element; call what it answers to take it away again. */
  mount(parent: HTMLElement): () => void;
  setReadOnly(readOnly: boolean): void;
  /** The text as it is sent; edits made after this are remembered until `settle`. */
  send(): string;
  settle(): void;
  /** Brings the file's text in, below what was edited since `send`. `undoable` makes it a step of the history. */
  takeOver(text: string, undoable: boolean): void;
}

/** Makes an empty document; `onChange` is told of each change of its text, and whether a person made it. */
export function createNoteDocument(
  extensions: (doc: string) => Extension,
  onChange: (byPerson: boolean) => void,
): NoteDocument {
  const lock = new Compartment();
  let state = EditorState.create();
  let view: EditorView | null = null;
  let scroll: ReturnType<EditorView['scrollSnapshot']> | undefined;
  let sent: { readonly state: EditorState; readonly since: ChangeSet } | null = null;

  const changed = (transactions: readonly Transaction[]) => {
    const changes = transactions.filter(({ docChanged }) => docChanged);
    for (const each of changes) if (sent) sent = { ...sent, since: sent.since.compose(each.changes) };
    if (changes.length > 0) onChange(changes.some((each) => !each.annotation(fromDisk)));
  };
  const apply = (transaction: Transaction) => {
    if (view) return view.dispatch(transaction);
    state = transaction.state;
    changed([transaction]);
  };
  const dispatch = (spec: TransactionSpec) => apply(state.update(spec));
  const text = () => joinEnds(state.doc, state.field(lineEnds));

  return {
    state: () => state,
    view: () => view,
    text,
    dispatch,
    apply,
    offsetInFile: (at) => joinEnds(state.doc.slice(0, at), state.field(lineEnds)).length,
    begin(whole, readOnly) {
      const { text: doc, ends } = splitEnds(whole);
      state = EditorState.create({
        doc,
        extensions: [extensions(doc), lineEnds.init(() => ends), lock.of(EditorState.readOnly.of(readOnly))],
      });
      view?.setState(state);
    },
    mount(parent) {
      const mine = new EditorView({
        state,
        parent,
        ...(scroll ? { scrollTo: scroll } : {}),
        dispatchTransactions(transactions, target) {
          target.update(transactions);
          state = target.state;
          changed(transactions);
        },
      });
      view = mine;
      return () => {
        scroll = mine.scrollSnapshot();
        mine.destroy();
        if (view === mine) view = null;
      };
    },
    setReadOnly: (readOnly) => dispatch({ effects: lock.reconfigure(EditorState.readOnly.of(readOnly)) }),
    send() {
      sent = { state, since: ChangeSet.empty(state.doc.length) };
      return text();
    },
    settle() {
      sent = null;
    },
    takeOver(whole, undoable) {
      const { text: plain, ends } = splitEnds(whole);
      const from = sent ?? { state, since: ChangeSet.empty(state.doc.length) };
      const change = changeTo(from.state.doc, plain);
      const others = ends.others.map(from.since.map(change));
      dispatch({
        changes: change.map(from.since),
        effects: setLineEnds.of({ ...ends, others }),
        annotations: [
          fromDisk.of(true),
          ...(undoable ? [isolateHistory.of('full')] : [Transaction.addToHistory.of(false)]),
        ],
      });
    },
  };
}
