import type { Message } from '../../electron/contract/conversations.ts';
import { type Failure, toFailure } from '../../electron/contract/errors.ts';
import { advanceDoc, type Doc, emptyDoc } from '../chat/markdown/parts.ts';

/** What an answer that is being made does now. */
export type Phase =
  | { readonly kind: 'sending' }
  | { readonly kind: 'waiting'; readonly ahead: number }
  | {
      readonly kind: 'loading';
      readonly modelId: string;
      readonly step: 'reading' | 'measuring';
      readonly fraction: number;
    }
  | {
      readonly kind: 'prefill';
      readonly done: number;
      readonly total: number;
      /** Null while nobody can say. */
      readonly leftMs: number | null;
    }
  | { readonly kind: 'thinking'; readonly since: number }
  | { readonly kind: 'writing' };

/** One message as the window shows it. The key stays the same when a sent line gets its stored id. */
export interface Line {
  readonly key: string;
  readonly message: Message;
  /** Null once the answer has ended. */
  readonly phase: Phase | null;
  readonly thoughtMs: number | null;
  /** Saving fails while this is written; what is shown is kept in memory. */
  readonly saving: Failure | null;
  /** The answer's text as blocks; of a user's message, empty. */
  readonly doc: Doc;
}

/** Makes the line of a stored message. */
export function storedLine(message: Message, key: string = message.id): Line {
  const doc =
    message.role === 'assistant'
      ? advanceDoc(emptyDoc, docText(message), message.state !== 'streaming')
      : emptyDoc;
  return { key, message, phase: null, thoughtMs: null, saving: null, doc };
}

/** The text that an answer's blocks are made of: one that has to be JSON is code. */
export const docText = ({ format, text }: Message): string => (format ? `\`\`\`json\n${text}` : text);

/** Brings the line's blocks up to its text. */
export function withDoc(line: Line): Line {
  if (line.message.role === 'user') return line;
  const doc = advanceDoc(line.doc, docText(line.message), line.phase === null);
  return doc === line.doc ? line : { ...line, doc };
}

/** A message that exists only in this window yet. */
export function draftMessage(
  role: Message['role'],
  conversationId: string,
  text: string,
  createdAt: number,
): Message {
  return {
    id: '',
    conversationId,
    parentId: null,
    role,
    state: role === 'user' ? 'done' : 'streaming',
    text,
    thought: '',
    createdAt,
    model: null,
    stats: null,
    endReason: null,
    error: null,
    leftOut: 0,
    cut: null,
    notes: null,
    format: null,
    rating: null,
    keep: 'auto',
    summary: null,
    attachments: [],
    damaged: false,
    siblingIndex: 0,
    siblingCount: 1,
  };
}

/** A line whose answer ended without a word of the app: by a stop (null), or by this error. */
export function endedLine(line: Line, error: unknown): Line {
  const failure = error === null ? null : toFailure(error);
  const state = !failure ? 'stopped' : failure.code === 'connection_lost' ? 'interrupted' : 'failed';
  return { ...line, phase: null, message: { ...line.message, state, error: failure } };
}
