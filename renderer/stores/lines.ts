import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Message } from '../../electron/contract/conversations.ts';
import { docText, type Line, storedLine, withDoc } from './line.ts';

/** The lines of all open chats, each a store of its own. A line keeps its key when it gets a stored id. */
export interface Lines {
  /** The line's store; throws for a key that was never added. */
  get(key: string): StoreApi<Line>;
  add(line: Line): string;
  /** Remembers under which id the line is stored. */
  rename(key: string, id: string): void;
  /** Makes the line of a stored message, or brings it up to date; a line that is being written stays as it is. */
  put(message: Message): string;
  forget(key: string): void;
}

/** Makes an empty set of {@link Lines}. */
export function createLines(): Lines {
  const lines = new Map<string, StoreApi<Line>>();
  const keys = new Map<string, string>();

  const add = (line: Line): string => {
    lines.set(
      line.key,
      createStore<Line>(() => line),
    );
    return line.key;
  };
  return {
    get(key) {
      const line = lines.get(key);
      if (!line) throw new Error(`no line ${key}`);
      return line;
    },
    add,
    rename: (key, id) => {
      keys.set(id, key);
    },
    put(message) {
      const key = keys.get(message.id) ?? message.id;
      keys.set(message.id, key);
      const line = lines.get(key);
      if (!line) return add(storedLine(message, key));
      const { phase, doc, thoughtMs } = line.getState();
      if (phase) return key;
      const fresh = storedLine(message, key);
      const kept =
        doc.text === docText(message) ? withDoc({ ...fresh, doc, thoughtMs }) : { ...fresh, thoughtMs };
      line.setState(kept, true);
      return key;
    },
    forget(key) {
      keys.delete(lines.get(key)?.getState().message.id ?? '');
      lines.delete(key);
    },
  };
}
