import { createStore } from 'zustand/vanilla';

/** What was typed and not sent, by chat (an empty id for a chat not started). Kept while the window lives. */
export interface DraftStore {
  readonly drafts: Readonly<Record<string, string>>;
  set(id: string, text: string): void;
}

/** Makes the drafts. */
export function createDraftStore() {
  return createStore<DraftStore>((setState, getState) => ({
    drafts: {},
    set: (id, text) => setState({ drafts: { ...getState().drafts, [id]: text } }),
  }));
}
