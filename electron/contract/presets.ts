import { z } from 'zod';
import { id } from './common.ts';
import { samplingPatch } from './settings.ts';

/** Longer schemas are refused before anything reads them. */
export const longestSchema = 100_000;

/** What an answer has to be: words as they come, or JSON as a schema (its JSON text) demands. */
export const answerFormat = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text') }),
  z.object({ kind: z.literal('json'), schema: z.string().max(longestSchema) }),
]);
export type AnswerFormat = z.infer<typeof answerFormat>;

const instructions = z.string().max(100_000);
const variables = z.record(z.string().max(40), z.string().max(100_000));

/** One task, ready to be picked: what is null or missing is left to the chat's model and to Settings. */
export const preset = z.object({
  id,
  name: z.string().trim().min(1).max(80),
  /** What it is for, in a few words. */
  about: z.string().max(200).default(''),
  /** The system prompt; `{{name}}` stands for a variable. */
  instructions: instructions.default(''),
  /** Put into the composer when it is picked; may hold variables, too. */
  opening: z.string().max(100_000).default(''),
  /** What a variable is unless the person says otherwise. */
  variables: variables.default({}),
  modelId: id.nullable().default(null),
  sampling: samplingPatch.default({}),
  /** Answers from notes: yes, no, or as the chat does. */
  notes: z.boolean().nullable().default(null),
  format: answerFormat.nullable().default(null),
});
export type Preset = z.infer<typeof preset>;
