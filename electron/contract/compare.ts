import { z } from 'zod';
import { chatEvent } from './chat.ts';
import { id, timestamp } from './common.ts';
import { message } from './conversations.ts';
import { method, stream } from './define.ts';
import { noteScope } from './noteSources.ts';
import { samplingPatch, thinking } from './settings.ts';

/** Who gives one of two answers, and what is set for it alone. */
export const contender = z.object({
  modelId: id,
  /** What a person knows it by: the model, and what is set. */
  name: z.string().trim().min(1).max(200),
  sampling: samplingPatch.default({}),
  thinking: thinking.nullable().default(null),
});
export type Contender = z.infer<typeof contender>;

/** Which of the two was better. */
export const pick = z.enum(['first', 'second', 'tie']);
export type Pick = z.infer<typeof pick>;

/** What kind of work it was, in the person's words. */
const task = z.string().trim().min(1).max(60);

/** Two answers to one question; both are messages of the chat, beside each other. */
export const comparison = z.object({
  id,
  conversationId: id,
  task,
  /** The names stay hidden until one is picked. */
  blind: z.boolean(),
  createdAt: timestamp,
  question: message,
  /** In the order shown. */
  sides: z.tuple([z.object({ contender, answer: message }), z.object({ contender, answer: message })]),
  picked: pick.nullable(),
});
export type Comparison = z.infer<typeof comparison>;

const side = z.union([z.literal(0), z.literal(1)]);
export type Side = z.infer<typeof side>;

export const compareEvent = z.discriminatedUnion('type', [
  /** Question and both answers are saved; from here on nothing of them is lost. */
  z.object({ type: z.literal('begun'), comparison }),
  z.object({ type: z.literal('answer'), side, event: chatEvent }),
]);
export type CompareEvent = z.infer<typeof compareEvent>;

/** How often a contender was picked at a kind of work. */
export const tallyLine = z.object({ task, name: z.string(), modelId: id, picked: z.int(), of: z.int() });
export type TallyLine = z.infer<typeof tallyLine>;

export const compare = {
  /**
   * Lets two answer the same question, one after the other: something new, or a stored message of the person. Blind, their
   * order is random. What happens to one answer does not end the other; leaving the stream stops both.
   */
  start: stream(
    z.object({
      conversationId: id,
      question: z.union([z.object({ text: z.string().min(1).max(2_000_000) }), z.object({ messageId: id })]),
      sides: z.tuple([contender, contender]),
      task,
      blind: z.boolean(),
      notes: noteScope.nullable().optional(),
    }),
    compareEvent,
  ),
  /** Lets one of the two answer anew, in place of an answer that came to nothing; that one stays in the chat. */
  again: stream(z.object({ id, side, notes: noteScope.nullable().optional() }), compareEvent),
  get: method(z.object({ id }), comparison),
  /** Comparisons of a chat that wait for a pick, newest first. */
  open: method(
    z.object({ conversationId: id }),
    z.object({ comparisons: z.array(z.object({ id, task, createdAt: timestamp })) }),
  ),
  /** Keeps which was better, and shows that answer in the chat; a tie leaves the shown one. */
  pick: method(z.object({ id, pick }), comparison),
  /** What was picked so far, most often compared first. */
  tally: method(z.object({ task: task.optional() }).optional(), z.object({ lines: z.array(tallyLine) })),
};
