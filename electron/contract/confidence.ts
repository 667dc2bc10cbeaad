import { z } from 'zod';
import { id } from './common.ts';
import { stream } from './define.ts';

/** A part of an answer as the model reads it, often a word or a piece of one; their texts joined are the answer. */
export const scoredToken = z.object({
  text: z.string(),
  /** How likely the model finds it there, from 0 to 1, before any sampling setting. */
  probability: z.number(),
  /** What else it would say there, likeliest first; an empty text stands for the end of the answer. */
  others: z.array(z.object({ text: z.string(), probability: z.number() })),
});
export type ScoredToken = z.infer<typeof scoredToken>;

export const confidenceEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('waiting'), ahead: z.int() }),
  z.object({
    type: z.literal('loading'),
    modelId: id,
    phase: z.enum(['reading', 'measuring']),
    fraction: z.number(),
  }),
  z.object({ type: z.literal('prefill'), done: z.int(), total: z.int() }),
  /** The next tokens of the answer, in order. */
  z.object({ type: z.literal('scored'), tokens: z.array(scoredToken) }),
]);
export type ConfidenceEvent = z.infer<typeof confidenceEvent>;

export const confidence = {
  /**
   * Lets the model that wrote an answer read it once more and tell how likely it finds each word. Nothing is stored.
   * Leaving the stream stops it.
   */
  read: stream(z.object({ conversationId: id, messageId: id }), confidenceEvent),
};
