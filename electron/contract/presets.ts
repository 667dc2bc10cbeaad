import { z } from 'zod';
import { done, id, nothing, path } from './common.ts';
import { method, stream } from './define.ts';
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

/** A preset in the list: it came with Inkling, or so and was changed, or is the person's own. */
export const listedPreset = preset.extend({ origin: z.enum(['starting', 'changed', 'own']) });
export type ListedPreset = z.infer<typeof listedPreset>;

/** Presets as a file holds them. */
export const presetFile = z.object({
  inkling: z.literal('presets'),
  version: z.literal(1),
  presets: z.array(preset).max(500),
});

export const presets = {
  /** All of them, now and after each change; those that came with Inkling first, then the own ones by name. */
  watch: stream(nothing, z.object({ presets: z.array(listedPreset) })),
  /** Adds a preset (without an id) or takes the place of the one with this id; brings a deleted one back. */
  save: method(preset.extend({ id: id.optional() }), preset),
  /** Deletes a preset; `save` with what it was undoes that. Chats that use it keep it. */
  remove: method(z.object({ id }), done),
  /** Makes one that came with Inkling what it was at first. */
  reset: method(z.object({ id }), preset),
  /** Brings back all that came with Inkling and were deleted; answers how many. */
  restoreStarting: method(nothing, z.object({ restored: z.int() })),
  /** Writes all presets into a new file among the person's downloads. */
  export: method(nothing, z.object({ path })),
  /** Adds the presets of a file, beside those there are. Fails with `bad_input`, and then adds none. */
  addFrom: method(z.object({ json: z.string().max(5_000_000) }), z.object({ added: z.array(preset) })),
};
