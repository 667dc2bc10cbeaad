import { z } from 'zod';
import { id } from './common.ts';
import { failure } from './errors.ts';

/** What the model may be asked to do with a text of a note. */
export const writingTask = z.enum([
  'summarize',
  'rewrite',
  'continue',
  'translate',
  'tasks',
  'title',
  'tags',
  'links',
]);
export type WritingTask = z.infer<typeof writingTask>;

/** What happens while the model writes, in order. It is a proposal: nothing of a note is changed by it. */
export const writingEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('waiting'), ahead: z.int() }),
  z.object({
    type: z.literal('loading'),
    modelId: id,
    phase: z.enum(['reading', 'measuring']),
    fraction: z.number(),
  }),
  z.object({ type: z.literal('prefill'), done: z.int(), total: z.int() }),
  z.object({ type: z.literal('thought'), text: z.string() }),
  z.object({ type: z.literal('text'), text: z.string() }),
  /** What the answer comes to for `title`, `tags` (without `#`) and `links` (paths of notes in the note's folder). */
  z.object({ type: z.literal('proposed'), items: z.array(z.string()) }),
  z.object({
    type: z.literal('finished'),
    state: z.enum(['done', 'stopped', 'failed']),
    /** Anything but `complete`: the text ends before the model was through. */
    endReason: z.enum(['complete', 'max_tokens', 'context_full', 'stopped']).nullable(),
    error: failure.nullable(),
  }),
]);
export type WritingEvent = z.infer<typeof writingEvent>;
