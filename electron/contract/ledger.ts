import { z } from 'zod';
import { id, timestamp } from './common.ts';

/** Whether a message stays in the model's window: as there is room, always, or never. */
export const keep = z.enum(['auto', 'always', 'never']);
export type Keep = z.infer<typeof keep>;

/** What stands for earlier turns before the model: kept with the last message that it covers, from the message `from` on. */
export const summary = z.object({
  from: id,
  text: z.string().trim().min(1).max(100_000),
  /** How many turns it covers. */
  turns: z.int().min(1),
  /** Who wrote it; null where a person did. */
  model: z.object({ id, name: z.string() }).nullable(),
  createdAt: timestamp,
});
export type Summary = z.infer<typeof summary>;

/** Where a full window was cut: the first message that stayed, in a window of so many tokens. Later turns keep to it. */
export const windowCut = z.object({ from: id, contextSize: z.int() });
export type WindowCut = z.infer<typeof windowCut>;

/** What a part of the prompt is; `newest` is the message to be answered, `format` the marks of the model's chat format. */
export const ledgerKind = z.enum([
  'instructions',
  'summary',
  'notes',
  'attachment',
  'turn',
  'newest',
  'format',
]);
export type LedgerKind = z.infer<typeof ledgerKind>;

/**
 * Why a part is not in the prompt: the window is `full`; there is `no_room` though it should always be kept; a person
 * left it out `by_hand`; it is `summarized`; or the model answers from the passages `alone`.
 */
export const outReason = z.enum(['full', 'no_room', 'by_hand', 'summarized', 'alone']);
export type OutReason = z.infer<typeof outReason>;

/** One part of what the model sees, or of what it does not see. */
export const ledgerEntry = z.object({
  kind: ledgerKind,
  /** The stored messages it is made of; a summary names the one that keeps it. */
  messageIds: z.array(id),
  /** Of a turn, its place in the shown branch, from 1; null for all others. */
  number: z.int().nullable(),
  /** A few words to know it by. */
  title: z.string(),
  tokens: z.int(),
  state: z.enum(['in', 'out']),
  /** Null where it is in. */
  reason: outReason.nullable(),
  /** It is to stay because a person said so. */
  pinned: z.boolean(),
  /** It was still seen with the answer before, and goes only now. */
  fresh: z.boolean(),
});
export type LedgerEntry = z.infer<typeof ledgerEntry>;

/** All that a model sees of a chat for its next answer, and all that it does not see. */
export const ledger = z.object({
  modelId: id,
  contextSize: z.int(),
  /** The sum of what is in, the room for the answer not counted. */
  tokens: z.int(),
  /** Tokens kept free for the answer. */
  room: z.int(),
  /** False where the instructions and the newest message alone do not fit beside the room for the answer. */
  fits: z.boolean(),
  entries: z.array(ledgerEntry),
});
export type Ledger = z.infer<typeof ledger>;
