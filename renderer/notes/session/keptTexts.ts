import type { NoteRef } from '../../../electron/contract/noteRef.ts';
import { keyOf } from '../../stores/notesTree.ts';

/** A text that is not saved yet, and the version of the file that it was made from. */
export interface KeptText {
  readonly note: NoteRef;
  readonly text: string;
  readonly base: string | null;
}

/** Texts that must outlive a reload of the page. */
export interface KeptTexts {
  put(kept: KeptText): void;
  get(note: NoteRef): KeptText | null;
  remove(note: NoteRef): void;
  all(): readonly KeptText[];
}

const prefix = 'inkling.note.';

/** Keeps unsaved texts in the window's own store, which lasts as long as the window. A full store keeps what it has. */
export function createKeptTexts(storage: Storage): KeptTexts {
  const read = (key: string): KeptText | null => {
    const json = storage.getItem(key);
    try {
      return json === null ? null : (JSON.parse(json) as KeptText);
    } catch {
      storage.removeItem(key);
      return null;
    }
  };
  return {
    put(kept) {
      try {
        storage.setItem(prefix + keyOf(kept.note), JSON.stringify(kept));
      } catch {
        // Over the quota: the text is still in the editor, and saving goes on.
      }
    },
    get: (note) => read(prefix + keyOf(note)),
    remove: (note) => storage.removeItem(prefix + keyOf(note)),
    all() {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
      return keys
        .filter((key) => key.startsWith(prefix))
        .map(read)
        .filter((kept) => kept !== null);
    },
  };
}
