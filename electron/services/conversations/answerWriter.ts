import type { Message } from '../../contract/conversations.ts';
import { type Failure, toFailure } from '../../contract/errors.ts';
import type { AnswerNotes } from '../../contract/noteSources.ts';
import type { Db } from '../storage/db.ts';
import { appendChunk, deleteChunks } from './chunks.ts';
import { type BareMessage, updateDetails, updateMessage } from './messageRows.ts';

/** Milliseconds that streamed text may wait for the disk. */
const flushAfter = 100;

/** How an answer ended. */
export type AnswerEnd = Pick<Message, 'state' | 'endReason' | 'stats' | 'error' | 'leftOut'> &
  Partial<Pick<Message, 'cut' | 'format'>>;

/** Saves one streaming answer. No call throws: what cannot be saved waits in memory and is tried again every second. */
export interface AnswerWriter {
  /** Takes the next piece; it is on the disk within 100 ms. */
  append(piece: { text?: string; thought?: string }): void;
  /** Keeps what the answer is made of. */
  note(notes: AnswerNotes): void;
  /** Saves the rest and the end in one transaction, later if the disk does not take it now. */
  finish(end: AnswerEnd): void;
  /** Why the newest text is not saved yet; null while all is well. */
  readonly problem: Failure | null;
  onProblem(callback: (problem: Failure | null) => void): void;
}

/** An {@link AnswerWriter} as its owner sees it. */
export interface OwnedWriter extends AnswerWriter {
  /** The message as it is now, saved or not. */
  readonly message: BareMessage;
  /** Tries to save what waits, now. */
  flush(): void;
  /** Forgets what waits: the message is gone. */
  abandon(): void;
}

/** Opens a writer on a streaming message of which `pieces` pieces are saved. `onEnded` is told when nothing waits any more. */
export function createAnswerWriter(options: {
  message: BareMessage;
  pieces: number;
  connection: () => Db;
  retry: (task: () => void) => () => void;
  onEnded: (message: BareMessage) => void;
}): OwnedWriter {
  const { connection, retry, onEnded } = options;
  let message = options.message;
  let pieces = options.pieces;
  let unsaved = { text: '', thought: '' };
  let unsavedNotes: AnswerNotes | null = null;
  let ended = false;
  let over = false;
  let problem: Failure | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopRetrying: (() => void) | undefined;
  const listeners: ((problem: Failure | null) => void)[] = [];

  const settle = (next: Failure | null) => {
    if (next === null) {
      stopRetrying?.();
      stopRetrying = undefined;
    } else {
      stopRetrying ??= retry(flush);
    }
    if (next?.code === problem?.code) return;
    problem = next;
    for (const listener of listeners) listener(problem);
  };
  const close = () => {
    over = true;
    clearTimeout(timer);
    unsaved = { text: '', thought: '' };
    settle(null);
  };

  /** False if the message is gone. */
  const save = (): boolean => {
    const db = connection();
    return db.transaction(() => {
      if (db.get('SELECT 1 FROM messages WHERE id = ?', message.id) === undefined) return false;
      if (ended) {
        deleteChunks(db, message.id);
        return updateMessage(db, message);
      }
      if (unsavedNotes) updateDetails(db, message.id, { notes: unsavedNotes });
      const piece = { text: whole(unsaved.text), thought: whole(unsaved.thought) };
      if (piece.text === '' && piece.thought === '') return true;
      appendChunk(db, message.id, pieces, piece);
      return true;
    });
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    if (over) return;
    try {
      if (!save() || ended) {
        close();
        onEnded(message);
        return;
      }
      const { text, thought } = unsaved;
      if (whole(text) !== '' || whole(thought) !== '') pieces++;
      unsavedNotes = null;
      unsaved = { text: text.slice(whole(text).length), thought: thought.slice(whole(thought).length) };
      settle(null);
    } catch (error) {
      settle(toFailure(error));
    }
  };

  return {
    get message() {
      return message;
    },
    get problem() {
      return problem;
    },
    onProblem: (callback) => listeners.push(callback),
    append({ text = '', thought = '' }) {
      if (over || ended) return;
      message = { ...message, text: message.text + text, thought: message.thought + thought };
      unsaved = { text: unsaved.text + text, thought: unsaved.thought + thought };
      // While saving fails, the retries carry what comes.
      if (!stopRetrying) timer ??= setTimeout(flush, flushAfter);
    },
    note(notes) {
      if (over || ended) return;
      message = { ...message, notes };
      unsavedNotes = notes;
      if (!stopRetrying) timer ??= setTimeout(flush, flushAfter);
    },
    finish(end) {
      if (over || ended) return;
      ended = true;
      message = { ...message, ...end };
      flush();
    },
    flush,
    abandon: close,
  };
}

/** Text without a last half of a letter (a high surrogate), which can only be stored with its other half. */
function whole(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? text.slice(0, -1) : text;
}
