import { createStore } from 'zustand/vanilla';

/** The message of the person that is being changed in this window. Kept here, as its row comes and goes with scrolling. */
export interface EditingStore {
  /** The key of its line; null while nothing is edited. */
  readonly line: string | null;
  readonly text: string;
  begin(line: string, text: string): void;
  write(text: string): void;
  end(): void;
}

/** Makes the store of what is being edited. */
export function createEditingStore() {
  return createStore<EditingStore>((setState) => ({
    line: null,
    text: '',
    begin: (line, text) => setState({ line, text }),
    write: (text) => setState({ text }),
    end: () => setState({ line: null, text: '' }),
  }));
}
