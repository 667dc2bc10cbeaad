import { z } from 'zod';
import { id } from './common.ts';
import { noteScope } from './noteSources.ts';
import { answerFormat, preset } from './presets.ts';
import { samplingPatch, thinking } from './settings.ts';

const fields = {
  /** The preset as it was when it was picked: a later edit or deletion changes no chat. */
  preset: preset.nullable(),
  /** What the preset's variables are in this chat. */
  variables: z.record(z.string().max(40), z.string().max(100_000)),
  modelId: id.nullable(),
  /** The system prompt; null follows the preset, then Settings. An empty one is none. */
  instructions: z.string().max(100_000).nullable(),
  sampling: samplingPatch,
  thinking: thinking.nullable(),
  /** Answers from these notes, or (null) from none; `follow` leaves it to the preset. */
  notes: z.union([z.literal('follow'), noteScope]).nullable(),
  format: answerFormat.nullable(),
};

/** What one chat does in its own way; a chat without own settings follows its preset, its model and Settings. */
export const chatSettings = z.object({
  preset: fields.preset.default(null),
  variables: fields.variables.default({}),
  modelId: fields.modelId.default(null),
  instructions: fields.instructions.default(null),
  sampling: fields.sampling.default({}),
  thinking: fields.thinking.default(null),
  notes: fields.notes.default('follow'),
  format: fields.format.default(null),
});
export type ChatSettings = z.infer<typeof chatSettings>;

/** Some of them, each as a whole; what is left out stays as it is. */
export const chatSettingsPatch = z.object(fields).partial();
export type ChatSettingsPatch = z.infer<typeof chatSettingsPatch>;
